import { Alert, Group, List, Table, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

import type { ImportedPlaylist } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { ButtonLink, TextLink } from '../links';

const words = texts.playlistImport;

/** What became of the file, row by row where a row was not understood. */
export function ImportReport({ imported: { playlist, report, others, leftOut } }: { imported: ImportedPlaylist }) {
  const { read, imported, skipped, skippedTotal } = report;
  return (
    <>
      <Alert
        color="teal"
        variant="light"
        icon={<IconCheck aria-hidden />}
        title={words.doneTitle(playlist.title)}
        role="status"
      >
        <Text size="sm">{skippedTotal === 0 ? words.doneAll(imported) : words.doneSome(imported, read)}</Text>
        <Group mt="md" gap="xs">
          <ButtonLink to={paths.playlist} params={{ playlistId: playlist.id }} size="sm">
            {words.open}
          </ButtonLink>
          <ButtonLink to={paths.autoScrobble} search={{ playlist: playlist.id }} variant="default" size="sm">
            {texts.playlists.autoScrobbleThis}
          </ButtonLink>
        </Group>
      </Alert>
      {skippedTotal > 0 && <SkippedRows skipped={skipped} total={skippedTotal} />}
      {others.length > 0 && <OtherPlaylists others={others} />}
      {leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.leftOut(leftOut.map(({ title }) => `“${title}”`).join(', '))}
        </Text>
      )}
    </>
  );
}

function OtherPlaylists({ others }: Pick<ImportedPlaylist, 'others'>) {
  return (
    <Panel title={words.othersTitle(others.length)}>
      <List spacing="xs">
        {others.map(({ playlist: { id, title }, report: { imported, read } }) => (
          <List.Item key={id}>
            <TextLink to={paths.playlist} params={{ playlistId: id }} fw={600}>
              {title}
            </TextLink>{' '}
            <Text span size="sm" c="dimmed">
              {words.rowsRead(imported, read)}
            </Text>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}

interface SkippedProps {
  skipped: ImportedPlaylist['report']['skipped'];
  total: number;
}

/** Rows of a file that could not be used, and why. */
export function SkippedRows({ skipped, total }: SkippedProps) {
  const title = words.skippedTitle(total);
  const lead = total > skipped.length ? { lead: words.skippedFirst(skipped.length) } : {};
  return (
    <Panel title={title} {...lead}>
      <DataTable
        label={title}
        head={
          <>
            <Table.Th ta="right" w={80}>
              {words.row}
            </Table.Th>
            <Table.Th>{words.reason}</Table.Th>
            <Table.Th>{words.text}</Table.Th>
          </>
        }
      >
        {skipped.map(({ row, reason, text }) => (
          <Table.Tr key={row}>
            <Table.Td ta="right" data-label={words.row}>
              {row}
            </Table.Td>
            <Table.Td>{reason}</Table.Td>
            <Table.Td c="dimmed" ff="monospace" fz="sm" data-line>
              {text}
            </Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </Panel>
  );
}
