import { Button, Group, Text } from '@mantine/core';
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

/** Something to know that is neither done nor failed. */
export function toastNews(message: string): void {
  notifications.show({ message, color: 'blue', autoClose: 8_000, closeButtonProps });
}

const UNDO_TOAST = 'undo';

/** Something done that can be taken back; one at a time, since it is the last change that can. */
export function toastUndoable(message: string, onUndo: () => void): void {
  notifications.hide(UNDO_TOAST);
  notifications.show({
    id: UNDO_TOAST,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(UNDO_TOAST);
            onUndo();
          }}
        >
          {texts.common.undo}
        </Button>
      </Group>
    ),
    color: 'teal',
    autoClose: 10_000,
    closeButtonProps,
  });
}
