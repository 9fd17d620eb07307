import { ActionIcon, Table } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';

import type { Scrobble } from '../../api/models';
import { texts } from '../../texts';
import { useTenSeconds } from '../../ui/clock';
import { formatMoment } from '../../ui/format';
import { DataTable } from '../../ui/data-table';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { ScrobbleDetails } from './scrobble-details';
import { isLastChance } from './scrobble-standing';
import { reasonWords, standingOf } from './scrobble-words';
import classes from './scrobbles.module.css';

const words = texts.history;
const COLUMN_COUNT = 7;

interface Props {
  items: readonly Scrobble[];
  isStale: boolean;
}

export function ScrobbleTable({ items, isStale }: Props) {
  return (
    <DataTable
      label={words.title}
      isStale={isStale}
      head={
        <>
          <Table.Th>{words.track}</Table.Th>
          <Table.Th>{words.artist}</Table.Th>
          <Table.Th>{words.album}</Table.Th>
          <Table.Th>{words.when}</Table.Th>
          <Table.Th>{words.state}</Table.Th>
          <Table.Th>{words.source}</Table.Th>
          <Table.Th aria-label={texts.scrobble.details} />
        </>
      }
    >
      {items.map((scrobble) => (
        <ScrobbleRows key={scrobble.id} scrobble={scrobble} />
      ))}
    </DataTable>
  );
}

function ScrobbleRows({ scrobble }: { scrobble: Scrobble }) {
  const [isOpen, setIsOpen] = useState(false);
  const { title, artist, album, playedAt, source } = scrobble;
  return (
    <>
      <Table.Tr>
        <Table.Td fw={600} data-lead>
          {title}
        </Table.Td>
        <Table.Td>{artist}</Table.Td>
        <Table.Td c="dimmed">{album}</Table.Td>
        <Table.Td>
          <RelativeTime moment={playedAt} justNow={texts.common.justNow} />
        </Table.Td>
        <Table.Td>
          <Standing scrobble={scrobble} />
        </Table.Td>
        <Table.Td c="dimmed" data-whole>
          {texts.scrobble.sources[source]}
        </Table.Td>
        <Table.Td ta="right" data-corner>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={texts.scrobble.detailsOf(title)}
            aria-expanded={isOpen}
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            {isOpen ? <IconChevronUp size={18} aria-hidden /> : <IconChevronDown size={18} aria-hidden />}
          </ActionIcon>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={COLUMN_COUNT} data-line>
            <ScrobbleDetails scrobble={scrobble} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** Where it stands, why, and whether time is running out. */
function Standing({ scrobble }: { scrobble: Scrobble }) {
  const now = useTenSeconds();
  const { tone, label } = standingOf(scrobble);
  const why = reasonWords(scrobble);
  return (
    <>
      <StatusLabel tone={tone}>{label}</StatusLabel>
      {why !== null && <div className={classes.why}>{why}</div>}
      {isLastChance(scrobble, now) && (
        <div className={classes.why} data-urgent>
          {texts.scrobble.lastChance(formatMoment(scrobble.deadlineAt))}
        </div>
      )}
    </>
  );
}
