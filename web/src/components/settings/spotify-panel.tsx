import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';

import { disconnectSpotify } from '../../api/actions';
import type { PlatformStanding } from '../../api/models';
import { platformsQuery } from '../../api/queries';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { FactList } from '../../ui/fact-list';
import { formatDay } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { Loaded } from '../loaded';
import { ConnectSpotify, SpotifyOutcome } from '../platforms/connect-spotify';
import { toastDone } from '../toasts';
import { ListeningSwitch } from './listening-switch';

const words = texts.spotifySettings;

/** The Spotify account that is connected, until when, and how to end or renew that. */
export function SpotifyPanel() {
  const platforms = useQuery(platformsQuery);
  const outcome = useSearch({ from: '/member/settings/$section' });
  return (
    <Panel title={words.title} lead={words.lead}>
      <Stack>
        <SpotifyOutcome {...outcome} />
        <Loaded query={platforms} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
          {({ items }) =>
            items.map((standing) =>
              standing.platform === 'spotify' ? <Standing key={standing.platform} standing={standing} /> : null,
            )
          }
        </Loaded>
      </Stack>
    </Panel>
  );
}

function Standing({ standing: { state, hint, account } }: { standing: PlatformStanding }) {
  return (
    <>
      {hint !== null && <Text size="sm">{hint}</Text>}
      {account && (
        <FactList
          facts={[
            { label: words.account, value: account.name },
            { label: words.since, value: formatDay(account.connectedAt) },
            ...(state === 'connected' ? [{ label: words.until, value: formatDay(account.endsAt) }] : []),
          ]}
        />
      )}
      {state === 'connected' && <ListeningSwitch />}
      {state !== 'not_configured' && <ConnectSpotify from="settings" isAgain={account !== null} />}
      {account && <Disconnection />}
    </>
  );
}

function Disconnection() {
  const [isOpen, dialog] = useDisclosure(false);
  const removal = useMutation({
    mutationFn: disconnectSpotify,
    onSuccess: () => {
      toastDone(words.disconnected);
    },
    onSettled: dialog.close,
  });
  return (
    <>
      <Button variant="outline" color="red" onClick={dialog.open} style={{ alignSelf: 'flex-start' }}>
        {words.disconnect}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={dialog.close}
        title={words.disconnectTitle}
        text={words.disconnectText}
        confirm={{
          label: words.disconnect,
          onConfirm: () => {
            removal.mutate();
          },
          isBusy: removal.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
    </>
  );
}
