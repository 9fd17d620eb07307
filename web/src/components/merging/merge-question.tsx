import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import type { MergeConfirmation, UserMerge } from '../../api/models';
import { texts } from '../../texts';
import { FormProblem } from '../form-problem';
import { type KeptAccount, LastfmChoice } from './lastfm-choice';

const words = texts.merging;

interface Props {
  merge: UserMerge;
  error: Error | null;
  isBusy: boolean;
  /** @param lastfm which Last.fm account stays, where both have one */
  onConfirm: (lastfm?: MergeConfirmation['lastfm']) => void;
  onCancel: () => void;
}

/** Whose two accounts these are, what moves, and which Last.fm account stays. */
export function MergeQuestion({ merge: { into, from, proven }, error, isBusy, onConfirm, onCancel }: Props) {
  const [kept, setKept] = useState<KeptAccount | null>(null);
  const both = into.lastfm && from.lastfm ? [into.lastfm, from.lastfm] : null;
  return (
    <Stack>
      <Text fw={600}>{words.question(from.displayName, into.displayName)}</Text>
      <Text size="sm">{reasonFor({ from, proven })}</Text>
      <Moving into={into} from={from} />
      {both && <LastfmChoice accounts={both} kept={kept} onChange={setKept} />}
      <Text size="sm" c="dimmed">
        {words.warning(from.displayName, into.displayName)}
      </Text>
      <FormProblem error={error} />
      <Group>
        <Button
          color="red"
          loading={isBusy}
          disabled={both !== null && kept === null}
          onClick={() => {
            onConfirm(kept ?? undefined);
          }}
        >
          {words.confirm}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onCancel}>
          {words.apart}
        </Button>
      </Group>
    </Stack>
  );
}

/** A Last.fm account that someone scrobbles to need not be one they sign in with. */
function reasonFor({ from, proven }: Pick<UserMerge, 'from' | 'proven'>): string {
  const isWayIn = from.waysIn.some(({ kind }) => kind === proven.kind);
  return isWayIn
    ? words.because(words.kinds[proven.kind], proven.name, from.displayName)
    : words.becauseLinked(proven.name, from.displayName);
}

/** One user has one password: where both have one, the other one's ends. */
function Moving({ into, from }: Pick<UserMerge, 'into' | 'from'>) {
  const counts = from.counts.filter(({ what, count }) => count > 0 && what in words.counts);
  const hasPassword = into.waysIn.some(({ kind }) => kind === 'password');
  const waysIn = from.waysIn.filter(({ kind }) => kind !== 'password' || !hasPassword);
  return (
    <div>
      <Text size="sm">{words.moves(from.displayName)}</Text>
      <List size="sm">
        {counts.map(({ what, count }) => (
          <List.Item key={what}>{words.counts[what]?.(count)}</List.Item>
        ))}
        {counts.length === 0 && <List.Item>{words.nothingElse}</List.Item>}
        {waysIn.map(({ kind, name }) => (
          <List.Item key={`${kind} ${name}`}>{words.wayIn(words.kinds[kind], name)}</List.Item>
        ))}
      </List>
    </div>
  );
}
