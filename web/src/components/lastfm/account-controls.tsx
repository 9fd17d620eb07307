import { Button, Divider, Group, Stack, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';

import { chooseForLastfm, disconnectLastfm, toggleScrobbling } from '../../api/actions';
import type { LastfmAccount } from '../../api/models';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { formatMoment } from '../../ui/format';
import { toastDone } from '../toasts';

const words = texts.lastfm;

/** Switching scrobbling, voice retries and the daily check on and off, and letting go of the account. */
export function AccountControls({ account }: { account: LastfmAccount }) {
  const [isAsking, { open, close }] = useDisclosure(false);
  const disconnect = useMutation({
    mutationFn: disconnectLastfm,
    onSuccess: () => {
      toastDone(words.disconnected);
    },
    onSettled: close,
  });
  return (
    <>
      <Divider my="lg" />
      <Group justify="space-between" align="flex-start" gap="lg">
        <Stack gap="md" maw={520}>
          <ScrobblingSwitch account={account} />
          <VoiceRetrySwitch account={account} />
          <ProfileCheckSwitch account={account} />
        </Stack>
        <Button variant="outline" color="red" onClick={open}>
          {words.disconnect}
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={close}
        title={words.disconnectTitle(account.username)}
        text={words.disconnectText(account.queued + account.held)}
        confirm={{
          label: words.disconnect,
          onConfirm: () => {
            disconnect.mutate();
          },
          isBusy: disconnect.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
    </>
  );
}

function ScrobblingSwitch({ account }: { account: LastfmAccount }) {
  const toggle = useMutation({ mutationFn: toggleScrobbling });
  return (
    <Switch
      label={words.toggle}
      description={words.toggleHint}
      checked={toggle.isPending ? toggle.variables : account.scrobblingEnabled}
      disabled={toggle.isPending}
      onChange={(event) => {
        toggle.mutate(event.currentTarget.checked);
      }}
    />
  );
}

function VoiceRetrySwitch({ account: { retriesVoice } }: { account: LastfmAccount }) {
  const choice = useMutation({ mutationFn: chooseForLastfm });
  return (
    <Switch
      label={words.retriesVoice}
      description={words.retriesVoiceHint}
      checked={choice.isPending ? choice.variables.retriesVoice === true : retriesVoice}
      disabled={choice.isPending}
      onChange={(event) => {
        choice.mutate({ retriesVoice: event.currentTarget.checked });
      }}
    />
  );
}

function ProfileCheckSwitch({ account: { profileChecks, profileCheckedAt } }: { account: LastfmAccount }) {
  const allowance = useMutation({ mutationFn: chooseForLastfm });
  const checked = profileChecks && profileCheckedAt !== null && words.profileCheckedAt(formatMoment(profileCheckedAt));
  return (
    <Switch
      label={words.profileChecks}
      description={[words.profileChecksHint, ...(checked ? [checked] : [])].join(' ')}
      checked={allowance.isPending ? allowance.variables.profileChecks === true : profileChecks}
      disabled={allowance.isPending}
      onChange={(event) => {
        allowance.mutate({ profileChecks: event.currentTarget.checked });
      }}
    />
  );
}
