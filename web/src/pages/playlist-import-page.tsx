import { Button, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import type { ImportedPlaylist } from '../api/models';
import { FileImport } from '../components/playlists/file-import';
import { ImportReport } from '../components/playlists/import-report';
import { LinkForm } from '../components/playlists/link-form';
import { PasteForm } from '../components/playlists/paste-form';
import { SpotifyImport } from '../components/playlists/spotify-import';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.playlistImport;
const LABELS = {
  file: words.byFile,
  text: words.byText,
  link: texts.linkImport.byLink,
  spotify: texts.linkImport.bySpotify,
};
type Way = keyof typeof LABELS;
const WAYS = Object.entries(words.ways).map(([value, label]) => ({ value: value as Way, label }));

export function PlaylistImportPage() {
  const { linked, error } = useSearch({ from: '/member/playlists/import' });
  // Whoever comes back from Spotify goes on where they left.
  const [way, setWay] = useState<Way>(linked !== undefined || error !== undefined ? 'spotify' : 'file');
  const [imported, setImported] = useState<ImportedPlaylist | null>(null);
  return (
    <>
      <PageHeader title={words.title} tabTitle={texts.common.pageTitle(words.title)} lead={words.lead} />
      {imported ? (
        <Stack>
          <ImportReport imported={imported} />
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => {
              setImported(null);
            }}
          >
            {words.another}
          </Button>
        </Stack>
      ) : (
        <Stack>
          <Panel
            title={LABELS[way]}
            aside={<SegmentedControl data={WAYS} value={way} onChange={setWay} aria-label={words.how} />}
          >
            <ChosenWay
              way={way}
              onImported={setImported}
              onFileInstead={() => {
                setWay('file');
              }}
            />
          </Panel>
          {(way === 'file' || way === 'text') && <Formats />}
        </Stack>
      )}
    </>
  );
}

interface ChosenWayProps {
  way: Way;
  onImported: (imported: ImportedPlaylist) => void;
  onFileInstead: () => void;
}

function ChosenWay({ way, onImported, onFileInstead }: ChosenWayProps) {
  switch (way) {
    case 'file':
      return <FileImport onImported={onImported} />;
    case 'text':
      return <PasteForm onImported={onImported} />;
    case 'link':
      return <LinkForm onImported={onImported} onFileInstead={onFileInstead} />;
    case 'spotify':
      return <SpotifyImport />;
  }
}

function Formats() {
  return (
    <Panel title={words.formatsTitle} lead={words.formatsNote}>
      <List spacing="xs" listStyleType="none">
        {words.formats.map(({ name, what }) => (
          <List.Item key={name}>
            <Text span fw={600}>
              {name}
            </Text>{' '}
            <Text span c="dimmed">
              {what}
            </Text>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
