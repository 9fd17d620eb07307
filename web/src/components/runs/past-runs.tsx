import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { ScrobbleRun } from '../../api/models';
import { RUNS_PAGE_SIZE, runsQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { TextLink } from '../links';
import { Loaded } from '../loaded';
import { Paged } from '../paged';
import { isActive, paceWords, RUN_TONES } from './run-words';

const words = texts.runs;

interface Props {
  page: number;
  onPage: (page: number) => void;
}

export function PastRuns({ page, onPage }: Props) {
  const runs = useQuery(runsQuery(page));
  return (
    <Panel title={words.pastTitle}>
      <Loaded query={runs} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
        {({ items, total }) => (
          <>
            <PastTable items={items.filter((run) => !isActive(run))} isStale={runs.isPlaceholderData} />
            {total > RUNS_PAGE_SIZE && <Paged page={page} pageSize={RUNS_PAGE_SIZE} total={total} onChange={onPage} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function PastTable({ items, isStale }: { items: readonly ScrobbleRun[]; isStale: boolean }) {
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.pastEmpty}
      </Text>
    );
  }
  return (
    <DataTable
      label={words.pastTitle}
      isStale={isStale}
      head={
        <>
          <Table.Th>{words.columnPlaylist}</Table.Th>
          <Table.Th>{words.columnState}</Table.Th>
          <Table.Th>{words.columnPace}</Table.Th>
          <Table.Th>{words.progress}</Table.Th>
          <Table.Th ta="right">{words.columnScrobbled}</Table.Th>
          <Table.Th>{words.columnEnded}</Table.Th>
        </>
      }
    >
      {items.map((run) => (
        <PastRow key={run.id} run={run} />
      ))}
    </DataTable>
  );
}

function PastRow({ run }: { run: ScrobbleRun }) {
  const { playlistId, playlistTitle, state, pace, position, trackCount, counts, finishedAt } = run;
  return (
    <Table.Tr>
      <Table.Td fw={600} data-lead>
        {playlistId === null ? (
          playlistTitle
        ) : (
          <TextLink to={paths.playlist} params={{ playlistId }} inherit>
            {playlistTitle}
          </TextLink>
        )}
      </Table.Td>
      <Table.Td>
        <StatusLabel tone={RUN_TONES[state]}>{words.states[state]}</StatusLabel>
      </Table.Td>
      <Table.Td>{paceWords(pace)}</Table.Td>
      <Table.Td>{words.progressOf(position, trackCount)}</Table.Td>
      <Table.Td ta="right" data-label={words.columnScrobbled}>
        {texts.common.number(counts.accepted)}
      </Table.Td>
      <Table.Td>{finishedAt !== null && <RelativeTime moment={finishedAt} justNow={texts.common.justNow} />}</Table.Td>
    </Table.Tr>
  );
}
