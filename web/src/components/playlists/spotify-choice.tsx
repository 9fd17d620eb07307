import { Button, Checkbox, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { importLink } from '../../api/actions';
import type { SpotifyPlaylists } from '../../api/models';
import { problemSentence } from '../../api/problem';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { TextLink } from '../links';

const words = texts.linkImport;

type Own = SpotifyPlaylists['items'][number];
type Outcome = { title: string } & (
  | { kind: 'imported'; playlistId: string; imported: number; read: number }
  | { kind: 'begun'; importId: string }
  | { kind: 'refused'; why: string }
);

/** The user's playlists, to tick those that are wanted. */
export function SpotifyChoice({ list: { items, onlyFollowed } }: { list: SpotifyPlaylists }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const wanted = items.filter(({ id }) => chosen.includes(id));
  const run = useMutation({
    mutationFn: importAll,
    onSuccess: () => {
      setChosen([]);
    },
  });
  return (
    <Stack>
      {run.data && <Outcomes outcomes={run.data} />}
      {items.length === 0 && <Text size="sm">{words.none}</Text>}
      <Checkbox.Group label={words.choose} description={words.chooseHint} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="sm">
          {items.map((own) => (
            <Checkbox key={own.id} value={own.id} label={own.title} description={about(own)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {onlyFollowed > 0 && (
        <Text size="sm" c="dimmed">
          {words.onlyFollowed(onlyFollowed)}
        </Text>
      )}
      <Button
        loading={run.isPending}
        disabled={wanted.length === 0}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => {
          run.mutate(wanted);
        }}
      >
        {words.importChosen(wanted.length)}
      </Button>
    </Stack>
  );
}

function about({ trackCount, isCollaborative }: Own): string {
  return [words.tracks(trackCount), ...(isCollaborative ? [words.collaborative] : [])].join(' · ');
}

/** One after the other; what one is refused for does not stop the next. */
async function importAll(wanted: readonly Own[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { title, url } of wanted) {
    outcomes.push({ title, ...(await importOne(url)) });
  }
  return outcomes;
}

async function importOne(url: string) {
  try {
    const outcome = await importLink({ url, title: '' });
    if ('importId' in outcome) {
      return { kind: 'begun', importId: outcome.importId } as const;
    }
    const { playlist, report } = outcome;
    return { kind: 'imported', playlistId: playlist.id, imported: report.imported, read: report.read } as const;
  } catch (error) {
    return { kind: 'refused', why: problemSentence(error) } as const;
  }
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <section aria-label={words.outcomesTitle} role="status">
      <Text fw={600}>{words.outcomesTitle}</Text>
      <List spacing="xs" mt="xs">
        {outcomes.map((outcome, place) => (
          <List.Item key={place}>
            <OutcomeLine outcome={outcome} />
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function OutcomeLine({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case 'imported':
      return (
        <>
          <TextLink to={paths.playlist} params={{ playlistId: outcome.playlistId }} fw={600}>
            {outcome.title}
          </TextLink>{' '}
          <Text span size="sm" c="dimmed">
            {words.imported(outcome.imported, outcome.read)}
          </Text>
        </>
      );
    case 'begun':
      return (
        <>
          {outcome.title} {words.begun}.{' '}
          <TextLink to={paths.linkImport} params={{ importId: outcome.importId }}>
            {words.look}
          </TextLink>
        </>
      );
    case 'refused':
      return (
        <>
          {outcome.title}: {outcome.why}
        </>
      );
  }
}
