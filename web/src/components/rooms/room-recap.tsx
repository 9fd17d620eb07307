import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { saveRecap } from '../../api/actions';
import type { RecapTrack } from '../../api/models';
import { roomRecapQuery } from '../../api/room-queries';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Loaded } from '../loaded';
import { toastDone } from '../toasts';

const words = texts.rooms;

/** What played in a room, and for how many. */
export function RoomRecap({ guildId, name }: { guildId: string; name: string }) {
  const recap = useQuery(roomRecapQuery(guildId));
  return (
    <Loaded query={recap} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
      {({ items, listeners }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed" mt="sm">
            {words.recapEmpty}
          </Text>
        ) : (
          <>
            <Group justify="space-between" mt="md">
              <Text size="sm">{words.recapCounts(items.length, listeners)}</Text>
              <SaveButton name={name} tracks={items} />
            </Group>
            <RecapTable name={name} tracks={items} />
          </>
        )
      }
    </Loaded>
  );
}

function SaveButton({ name, tracks }: { name: string; tracks: readonly RecapTrack[] }) {
  const save = useMutation({
    mutationFn: () => {
      const day = new Date().toLocaleDateString('en', { dateStyle: 'medium' });
      return saveRecap({ title: words.playlistTitle(name, day), tracks });
    },
    onSuccess: ({ title }) => {
      toastDone(words.saved(title));
    },
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={save.isPending}
      onClick={() => {
        save.mutate();
      }}
    >
      {words.saveAsPlaylist}
    </Button>
  );
}

function RecapTable({ name, tracks }: { name: string; tracks: readonly RecapTrack[] }) {
  return (
    <DataTable
      label={words.recapOf(name)}
      head={
        <>
          <Table.Th>{words.columnTrack}</Table.Th>
          <Table.Th>{words.columnArtist}</Table.Th>
          <Table.Th>{words.columnPlays}</Table.Th>
          <Table.Th>{words.columnListeners}</Table.Th>
        </>
      }
    >
      {tracks.map(({ artist, title, plays, listeners }) => (
        <Table.Tr key={`${artist}\n${title}`}>
          <Table.Td fw={600} data-lead>
            {title}
          </Table.Td>
          <Table.Td>{artist}</Table.Td>
          <Table.Td data-label={words.columnPlays}>{texts.common.number(plays)}</Table.Td>
          <Table.Td data-label={words.columnListeners}>{texts.common.number(listeners)}</Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  );
}
