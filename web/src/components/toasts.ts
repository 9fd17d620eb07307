import { notifications } from '@mantine/notifications';

import { problemSentence } from '../api/problem';
import { texts } from '../texts';

const closeButtonProps = { 'aria-label': texts.common.close };

export function toastProblem(error: unknown): void {
  notifications.show({
    title: texts.problems.couldNotDo,
    message: problemSentence(error),
    color: 'red',
    autoClose: 12_000,
    closeButtonProps,
  });
}

export function toastDone(message: string): void {
  notifications.show({ message, color: 'teal', closeButtonProps });
}
