import { texts } from '../texts';
import { Pager } from '../ui/pager';

interface Props {
  page: number;
  pageSize: number;
  total: number;
  onChange: (page: number) => void;
}

/** The page control, in our words. */
export function Paged(props: Props) {
  const { pages, nextPage, previousPage, page, rangeOf } = texts.common;
  return <Pager {...props} words={{ pages, next: nextPage, previous: previousPage, page, range: rangeOf }} />;
}
