import { Radio, Stack } from '@mantine/core';

import type { MergeConfirmation, UserMerge } from '../../api/models';
import { texts } from '../../texts';

const words = texts.merging;

export type KeptAccount = NonNullable<MergeConfirmation['lastfm']>;

interface Props {
  accounts: ReadonlyArray<NonNullable<UserMerge['into']['lastfm']>>;
  kept: KeptAccount | null;
  onChange: (kept: KeptAccount) => void;
}

/** Which of two Last.fm accounts stays, and what becomes of the scrobbles that wait for the other one. */
export function LastfmChoice({ accounts, kept, onChange }: Props) {
  const goes = kept && accounts.find(({ username }) => username !== kept.username);
  return (
    <>
      <Radio.Group
        label={words.lastfmQuestion}
        value={kept?.username ?? null}
        onChange={(username) => {
          onChange({ username, waiting: kept?.waiting ?? 'send' });
        }}
      >
        <Stack mt="xs" gap="xs">
          {accounts.map(({ username }) => (
            <Radio key={username} value={username} label={username} />
          ))}
        </Stack>
      </Radio.Group>
      {kept && goes && goes.waiting > 0 && (
        <Radio.Group
          label={words.waitingQuestion(goes.waiting, goes.username)}
          value={kept.waiting}
          onChange={(waiting) => {
            onChange({ ...kept, waiting: waiting === 'cancel' ? 'cancel' : 'send' });
          }}
        >
          <Stack mt="xs" gap="xs">
            <Radio value="send" label={words.waitingSend(kept.username)} />
            <Radio value="cancel" label={words.waitingCancel} />
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
