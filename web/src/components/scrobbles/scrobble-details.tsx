import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';

import type { Scrobble } from '../../api/models';
import { scrobbleQuery } from '../../api/queries';
import { texts } from '../../texts';
import { useTenSeconds } from '../../ui/clock';
import { FactList } from '../../ui/fact-list';
import { formatExact } from '../../ui/format';
import { ResendDialog } from './resend-dialog';
import { ResendTrace } from './resend-trace';
import { isResendable } from './scrobble-standing';
import { plainWords, reasonWords } from './scrobble-words';

const words = texts.scrobble;
const NAMES = ['artist', 'title', 'album', 'albumArtist'] as const;

/** What else is known about a scrobble's way to Last.fm than its line says, and the means to send it there again. */
export function ScrobbleDetails({ scrobble }: { scrobble: Scrobble }) {
  const { attempts, deadlineAt, state, provenance, duplicateOf } = scrobble;
  const now = useTenSeconds();
  const canBeSent = state === 'queued' || state === 'held' || isResendable(scrobble, now);
  return (
    <Stack gap="sm" align="flex-start">
      {reasonWords(scrobble) === null && <Text size="sm">{plainWords(scrobble)}</Text>}
      {duplicateOf !== null && <Original id={duplicateOf} />}
      <FactList
        facts={[
          ...verdictFacts(scrobble),
          { label: words.kind, value: words.provenances[provenance] },
          { label: words.attempts, value: texts.common.number(attempts) },
          ...momentFacts(scrobble),
          ...(canBeSent ? [{ label: words.deadline, value: formatExact(deadlineAt) }] : []),
        ]}
      />
      <ResendTrace scrobble={scrobble} />
      {isResendable(scrobble, now) && <Resend scrobble={scrobble} />}
    </Stack>
  );
}

function Resend({ scrobble }: { scrobble: Scrobble }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="light" onClick={open}>
        {texts.resend.open}
      </Button>
      <ResendDialog scrobble={scrobble} isOpen={isOpen} onClose={close} />
    </>
  );
}

/** The scrobble that this one repeats. */
function Original({ id }: { id: string }) {
  const { data: original } = useQuery(scrobbleQuery(id));
  if (!original) {
    return null;
  }
  const { title, artist, playedAt, source } = original;
  return (
    <FactList
      facts={[
        {
          label: words.original,
          value: words.originalIs(title, artist, formatExact(playedAt), words.sources[source]),
        },
      ]}
    />
  );
}

function verdictFacts(scrobble: Scrobble) {
  const { verdict } = scrobble;
  if (verdict === null) {
    return [];
  }
  const { code, message, corrected } = verdict;
  const changed = NAMES.flatMap((name) => {
    const atLastfm = corrected?.[name];
    return atLastfm === undefined ? [] : [correctedFact(words.atLastfm[name], atLastfm, scrobble[name])];
  });
  return [...(message === '' ? [] : [{ label: words.verdict, value: words.verdictCode(code, message) }]), ...changed];
}

function correctedFact(label: string, atLastfm: string, sent: string | null) {
  const value = (
    <>
      {atLastfm}{' '}
      <Text span size="sm" c="dimmed">
        {words.sentAs(sent)}
      </Text>
    </>
  );
  return { label, value };
}

function momentFacts({ sentAt, nextAttemptAt }: Scrobble) {
  return [
    ...(sentAt === null ? [] : [{ label: words.sentAt, value: formatExact(sentAt) }]),
    ...(nextAttemptAt === null ? [] : [{ label: words.nextAttempt, value: formatExact(nextAttemptAt) }]),
  ];
}
