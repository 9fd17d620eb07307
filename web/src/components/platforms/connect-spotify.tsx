import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';

import { texts } from '../../texts';

const words = texts.platforms;

interface Props {
  /** The page to come back to. */
  from: 'settings' | 'import';
  isAgain?: boolean;
}

/** A link: the browser leaves. */
export function ConnectSpotify({ from, isAgain = false }: Props) {
  return (
    <Button component="a" href={`/api/platforms/spotify/connect?from=${from}`} style={{ alignSelf: 'flex-start' }}>
      {isAgain ? words.connectAgain : words.connect}
    </Button>
  );
}

/** How a visit to Spotify ended, as the address says it. */
export function SpotifyOutcome({ linked, error }: { linked?: string | undefined; error?: string | undefined }) {
  if (error !== undefined) {
    return (
      <Alert
        color="red"
        variant="light"
        title={words.notConnected}
        icon={<IconAlertTriangle aria-hidden />}
        role="alert"
      >
        {words.failures[error] ?? words.failedOther(error)}
      </Alert>
    );
  }
  return linked === undefined ? null : (
    <Alert color="teal" variant="light" icon={<IconCheck aria-hidden />} role="status">
      {words.connected}
    </Alert>
  );
}
