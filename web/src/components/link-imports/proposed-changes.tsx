import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { applyRefresh, cancelLinkImport } from '../../api/actions';
import type { PlaylistImport } from '../../api/models';
import { problemSentence } from '../../api/problem';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { ProblemNote } from '../../ui/problem-note';

const words = texts.linkImportPage;
const { number } = texts.common;

type Changes = NonNullable<PlaylistImport['changes']>;

interface Line {
  place: string;
  track: string;
}

/** What a refresh would do, and the two answers to it. */
export function ProposedChanges({ id, changes }: { id: string; changes: Changes }) {
  const { added, removed, moved } = changes;
  return (
    <Stack>
      <Panel title={words.refreshTitle} lead={words.refreshLead(changes.before, changes.after)}>
        <Answers id={id} />
      </Panel>
      <ChangedTracks title={words.added(added.total)} total={added.total} lines={added.items.map(lineOf)} />
      <ChangedTracks title={words.removed(removed.total)} total={removed.total} lines={removed.items.map(lineOf)} />
      <ChangedTracks
        title={words.moved(moved.total)}
        total={moved.total}
        lines={moved.items.map((item) => ({ ...lineOf(item), place: words.fromTo(item.from, item.position) }))}
      />
    </Stack>
  );
}

function Answers({ id }: { id: string }) {
  const apply = useMutation({ mutationFn: applyRefresh, meta: { showsProblemInline: true } });
  const discard = useMutation({ mutationFn: cancelLinkImport });
  return (
    <Stack>
      {apply.isError && <ProblemNote title={words.failed} sentence={problemSentence(apply.error)} />}
      <Group>
        <Button
          loading={apply.isPending}
          onClick={() => {
            apply.mutate(id);
          }}
        >
          {words.apply}
        </Button>
        <Button
          variant="default"
          loading={discard.isPending}
          onClick={() => {
            discard.mutate(id);
          }}
        >
          {words.discard}
        </Button>
      </Group>
    </Stack>
  );
}

function ChangedTracks({ title, total, lines }: { title: string; total: number; lines: readonly Line[] }) {
  if (total === 0) {
    return null;
  }
  return (
    <Panel title={title} {...(total > lines.length && { lead: words.first(lines.length) })}>
      <DataTable
        label={title}
        head={
          <>
            <Table.Th w={120}>{words.place}</Table.Th>
            <Table.Th>{words.track}</Table.Th>
          </>
        }
      >
        {lines.map(({ place, track }) => (
          <Table.Tr key={place}>
            <Table.Td data-label={words.place}>{place}</Table.Td>
            <Table.Td>
              <Text size="sm">{track}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </Panel>
  );
}

function lineOf({ position, artist, title }: Changes['added']['items'][number]): Line {
  return { place: number(position), track: `${artist} – ${title}` };
}
