import { IconMapQuestion } from '@tabler/icons-react';

import { ButtonLink } from '../components/links';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';

export function NotFoundPage() {
  return (
    <>
      <title>{texts.common.pageTitle(texts.problems.notFoundTitle)}</title>
      <EmptyNote
        icon={<IconMapQuestion />}
        title={texts.problems.notFoundTitle}
        text={texts.problems.notFoundText}
        action={<ButtonLink to={paths.home}>{texts.problems.goHome}</ButtonLink>}
      />
    </>
  );
}
