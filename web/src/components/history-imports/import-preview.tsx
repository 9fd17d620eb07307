import { Table } from '@mantine/core';

import type { ScrobbleImport } from '../../api/models';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { FactList } from '../../ui/fact-list';
import { formatDay, formatExact } from '../../ui/format';
import { Panel } from '../../ui/panel';

const words = texts.historyImports;
const { number } = texts.common;

type Preview = NonNullable<ScrobbleImport['preview']>;

/** What a file holds. */
export function PreviewFacts({ preview }: { preview: Preview }) {
  const { plays, recent, firstPlayedAt, lastPlayedAt, skippedTotal } = preview;
  return (
    <FactList
      facts={[
        { label: words.plays, value: number(plays) },
        { label: words.recent, value: number(recent) },
        ...(firstPlayedAt === null ? [] : [{ label: words.first, value: formatDay(firstPlayedAt) }]),
        ...(lastPlayedAt === null ? [] : [{ label: words.last, value: formatDay(lastPlayedAt) }]),
        { label: words.skipped, value: number(skippedTotal) },
      ]}
    />
  );
}

/** Its first plays, to see whether names and times are right. */
export function PreviewSample({ sample }: Pick<Preview, 'sample'>) {
  return (
    <Panel title={words.sampleTitle}>
      <DataTable
        label={words.sampleTitle}
        head={
          <>
            <Table.Th>{words.trackTitle}</Table.Th>
            <Table.Th>{words.artist}</Table.Th>
            <Table.Th>{words.album}</Table.Th>
            <Table.Th>{words.playedAt}</Table.Th>
          </>
        }
      >
        {sample.map(({ title, artist, album, playedAt }) => (
          <Table.Tr key={`${playedAt} ${artist} ${title}`}>
            <Table.Td fw={600} data-lead>
              {title}
            </Table.Td>
            <Table.Td>{artist}</Table.Td>
            <Table.Td>{album}</Table.Td>
            <Table.Td>{formatExact(playedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </Panel>
  );
}
