import { Button, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { declineTrack } from '../../api/actions';
import type { VoiceDecision } from '../../api/models';
import { DECISIONS_PAGE_SIZE, voiceDecisionsQuery } from '../../api/room-queries';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { LineSkeletons } from '../../ui/line-skeletons';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { Loaded } from '../loaded';
import { Paged } from '../paged';
import { reasonWords, standingOf } from '../scrobbles/scrobble-words';
import { toastDone } from '../toasts';

const words = texts.rooms;

interface Props {
  page: number;
  onPage: (page: number) => void;
}

/** Everything that played while they were there, each with its reason. */
export function HeardTracks({ page, onPage }: Props) {
  const decisions = useQuery(voiceDecisionsQuery(page));
  return (
    <Loaded query={decisions} skeleton={<LineSkeletons count={4} label={texts.common.loading} />}>
      {({ items, total }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.decisionsEmpty}
          </Text>
        ) : (
          <>
            <HeardTable items={items} isStale={decisions.isPlaceholderData} />
            {total > DECISIONS_PAGE_SIZE && (
              <Paged page={page} pageSize={DECISIONS_PAGE_SIZE} total={total} onChange={onPage} />
            )}
          </>
        )
      }
    </Loaded>
  );
}

function HeardTable({ items, isStale }: { items: readonly VoiceDecision[]; isStale: boolean }) {
  return (
    <DataTable
      label={words.decisionsTitle}
      isStale={isStale}
      head={
        <>
          <Table.Th>{words.columnTrack}</Table.Th>
          <Table.Th>{words.columnArtist}</Table.Th>
          <Table.Th>{words.columnRoom}</Table.Th>
          <Table.Th>{words.columnWhen}</Table.Th>
          <Table.Th>{words.columnOutcome}</Table.Th>
        </>
      }
    >
      {items.map((decision) => (
        <Table.Tr key={decision.playbackId}>
          <Table.Td fw={600} data-lead>
            {decision.title}
          </Table.Td>
          <Table.Td>{decision.artist}</Table.Td>
          <Table.Td c="dimmed">{decision.guildName ?? words.unnamedServer(decision.guildId)}</Table.Td>
          <Table.Td>
            <RelativeTime moment={decision.startedAt} justNow={texts.common.justNow} />
          </Table.Td>
          <Table.Td data-line>
            <Outcome decision={decision} />
          </Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  );
}

/** Of a scrobble where it stands; of everything else why there is none. */
function Outcome({ decision }: { decision: VoiceDecision }) {
  const { scrobble, decidedAt, sentence } = decision;
  if (scrobble !== null) {
    const { tone, label } = standingOf(scrobble);
    return (
      <>
        <StatusLabel tone={tone}>{label}</StatusLabel>
        <Why>{reasonWords(scrobble)}</Why>
      </>
    );
  }
  return (
    <>
      <StatusLabel tone={decidedAt === null ? 'busy' : 'quiet'}>
        {decidedAt === null ? words.pending : words.no}
      </StatusLabel>
      <Why>{sentence}</Why>
      {decidedAt === null && <DeclineButton playbackId={decision.playbackId} />}
    </>
  );
}

function Why({ children }: { children: string | null }) {
  return children === null ? null : (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}

function DeclineButton({ playbackId }: { playbackId: string }) {
  const decline = useMutation({
    mutationFn: () => declineTrack(playbackId),
    onSuccess: () => {
      toastDone(words.declined);
    },
  });
  return (
    <Button
      variant="default"
      size="compact-xs"
      mt={4}
      loading={decline.isPending}
      onClick={() => {
        decline.mutate();
      }}
    >
      {words.notThisTrack}
    </Button>
  );
}
