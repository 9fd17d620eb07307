import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';

import { problemSentence } from '../api/problem';
import { texts } from '../texts';
import { ProblemNote } from '../ui/problem-note';

/** What stands where a page would be that could not be shown. */
export function BrokenPage({ error }: Pick<ErrorComponentProps, 'error'>) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <ProblemNote
      title={texts.problems.pageBroken}
      sentence={problemSentence(error)}
      retry={{ label: texts.common.retry, onRetry: retry }}
    />
  );
}
