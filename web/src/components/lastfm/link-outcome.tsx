import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';

import { texts } from '../../texts';

const words = texts.lastfm;

export type LinkOutcome = { kind: 'linked' } | { kind: 'failed'; code: string };

interface Props {
  outcome: LinkOutcome;
  username: string | undefined;
  onClose: () => void;
}

/** How the visit to Last.fm ended. */
export function LinkOutcomeNote({ outcome, username, onClose }: Props) {
  const close = { withCloseButton: true, closeButtonLabel: texts.common.close, onClose, mb: 'lg' } as const;
  if (outcome.kind === 'linked') {
    return (
      <Alert color="teal" variant="light" icon={<IconCheck aria-hidden />} role="status" {...close}>
        {username === undefined ? words.linkedSuccessNoName : words.linkedSuccess(username)}
      </Alert>
    );
  }
  return (
    <Alert
      color="red"
      variant="light"
      title={words.linkFailed}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
      {...close}
    >
      {words.linkFailures[outcome.code] ?? words.linkFailedOther(outcome.code)}
    </Alert>
  );
}
