import { Button, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import type { ImportedPlaylist } from '../api/models';
import { FileImport } from '../components/playlists/file-import';
import { ImportReport } from '../components/playlists/import-report';
import { PasteForm } from '../components/playlists/paste-form';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.playlistImport;
const WAYS = [
  { value: 'file', label: words.byFile },
  { value: 'text', label: words.byText },
];

export function PlaylistImportPage() {
  const [way, setWay] = useState('file');
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
            title={way === 'file' ? words.byFile : words.byText}
            aside={<SegmentedControl data={WAYS} value={way} onChange={setWay} aria-label={words.how} />}
          >
            {way === 'file' ? <FileImport onImported={setImported} /> : <PasteForm onImported={setImported} />}
          </Panel>
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
        </Stack>
      )}
    </>
  );
}
