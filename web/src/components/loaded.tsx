import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { isRefusal, problemSentence } from '../api/problem';
import { texts } from '../texts';
import { ProblemNote } from '../ui/problem-note';

interface Props<T> {
  query: UseQueryResult<T>;
  /** What to show until it is there. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three faces of everything that comes from the server: on its way, not to be had, here. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.isError) {
    return (
      <ProblemNote
        title={texts.problems.couldNotLoad}
        sentence={problemSentence(query.error)}
        {...(!isRefusal(query.error) && {
          retry: { label: texts.common.retry, onRetry: () => void query.refetch(), isBusy: query.isFetching },
        })}
      />
    );
  }
  return skeleton;
}
