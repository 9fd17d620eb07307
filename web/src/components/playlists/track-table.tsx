import { ActionIcon, Table } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';

import type { PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { formatLength } from '../../ui/format';
import { Paged } from '../paged';

const words = texts.playlistPage;
/** Ten thousand rows at once are slow to draw. */
const TRACKS_PAGE_SIZE = 100;

interface Props {
  tracks: readonly PlaylistTrack[];
  page: number;
  onPage: (page: number) => void;
  onRemove?: (index: number) => void;
}

export function TrackTable({ tracks, page, onPage, onRemove }: Props) {
  const pageCount = Math.max(1, Math.ceil(tracks.length / TRACKS_PAGE_SIZE));
  const shownPage = Math.min(page, pageCount);
  const first = (shownPage - 1) * TRACKS_PAGE_SIZE;
  return (
    <>
      <DataTable
        label={words.tracksLabel}
        head={
          <>
            <Table.Th ta="right" w={56}>
              {words.number}
            </Table.Th>
            <Table.Th>{words.trackTitle}</Table.Th>
            <Table.Th>{words.artist}</Table.Th>
            <Table.Th>{words.album}</Table.Th>
            <Table.Th ta="right">{words.length}</Table.Th>
            {onRemove && <Table.Th aria-hidden />}
          </>
        }
      >
        {tracks.slice(first, first + TRACKS_PAGE_SIZE).map((track, offset) => (
          <TrackRow key={first + offset} track={track} index={first + offset} onRemove={onRemove} />
        ))}
      </DataTable>
      <Paged page={shownPage} pageSize={TRACKS_PAGE_SIZE} total={tracks.length} onChange={onPage} />
    </>
  );
}

interface RowProps {
  track: PlaylistTrack;
  index: number;
  onRemove: ((index: number) => void) | undefined;
}

function TrackRow({ track: { title, artist, album, durationSeconds }, index, onRemove }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td ta="right" c="dimmed" data-aside>
        {index + 1}
      </Table.Td>
      <Table.Td fw={500} data-lead>
        {title}
      </Table.Td>
      <Table.Td>{artist}</Table.Td>
      <Table.Td c="dimmed">{album}</Table.Td>
      <Table.Td ta="right" c="dimmed">
        {durationSeconds === null ? '–' : formatLength(durationSeconds)}
      </Table.Td>
      {onRemove && (
        <Table.Td ta="right" data-corner>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={words.remove(title)}
            onClick={() => {
              onRemove(index);
            }}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
