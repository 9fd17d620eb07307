import { Table } from '@mantine/core';

import type { PlaylistSummary } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { formatDuration } from '../../ui/format';
import { RelativeTime } from '../../ui/relative-time';
import { ButtonLink, TextLink } from '../links';

const words = texts.playlists;

interface Props {
  items: readonly PlaylistSummary[];
  isStale: boolean;
}

export function PlaylistTable({ items, isStale }: Props) {
  return (
    <DataTable
      label={words.title}
      isStale={isStale}
      head={
        <>
          <Table.Th>{words.columnTitle}</Table.Th>
          <Table.Th ta="right">{words.columnTracks}</Table.Th>
          <Table.Th>{words.columnLength}</Table.Th>
          <Table.Th>{words.columnSource}</Table.Th>
          <Table.Th>{words.columnChanged}</Table.Th>
          <Table.Th aria-hidden />
        </>
      }
    >
      {items.map((playlist) => (
        <PlaylistRow key={playlist.id} playlist={playlist} />
      ))}
    </DataTable>
  );
}

function PlaylistRow({ playlist }: { playlist: PlaylistSummary }) {
  const { id, title, trackCount, durationSeconds, source, updatedAt } = playlist;
  return (
    <Table.Tr>
      <Table.Td data-lead>
        <TextLink to={paths.playlist} params={{ playlistId: id }} fw={600}>
          {title}
        </TextLink>
      </Table.Td>
      <Table.Td ta="right" data-label={words.columnTracks}>
        {texts.common.number(trackCount)}
      </Table.Td>
      <Table.Td data-label={words.columnLength}>
        {durationSeconds > 0 ? formatDuration(durationSeconds) : texts.common.unknownLength}
      </Table.Td>
      <Table.Td data-label={words.columnSource}>{words.sources[source.kind]}</Table.Td>
      <Table.Td data-label={words.columnChanged}>
        <RelativeTime moment={updatedAt} justNow={texts.common.justNow} />
      </Table.Td>
      <Table.Td ta="right" data-line>
        {trackCount > 0 && (
          <ButtonLink to={paths.autoScrobble} search={{ playlist: id }} variant="default" size="compact-sm">
            {words.autoScrobbleThis}
          </ButtonLink>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
