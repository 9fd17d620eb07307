import { Alert, Button, Stack, Table, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { startRun } from '../../api/actions';
import type { RunPlan, StartRun } from '../../api/models';
import { texts } from '../../texts';
import { useTenSeconds } from '../../ui/clock';
import { DataTable } from '../../ui/data-table';
import { Meter } from '../../ui/meter';
import { FactList } from '../../ui/fact-list';
import { formatMoment, formatUtcDay, formatWithUtc } from '../../ui/format';
import { Panel } from '../../ui/panel';
import { FormProblem } from '../form-problem';
import { toastDone } from '../toasts';
import classes from './runs.module.css';

const words = texts.runs;
const DAYS_SHOWN = 7;
const PLAYS_SHOWN = 10;
const MORE_PLAYS = 50;

interface Props {
  plan: RunPlan;
  /** What was planned; started with the plan's seed it runs in the order shown. */
  wanted: StartRun;
  title: string | undefined;
}

export function PlanPanel({ plan, wanted, title }: Props) {
  const start = useMutation({
    mutationFn: startRun,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      toastDone(words.started);
    },
  });
  const first = plan.plays[0];
  return (
    <Panel title={words.planTitle} lead={words.planLead(title ?? words.planPlaylistFallback)}>
      <Stack gap="lg">
        <FactList
          facts={[
            { label: words.tracks, value: texts.common.number(plan.trackCount) },
            ...(first ? [{ label: words.firstScrobble, value: formatMoment(first.dueAt) }] : []),
            { label: wanted.repeat ? words.firstPassEnds : words.ends, value: formatMoment(plan.endsAt) },
          ]}
        />
        <PlanNotes plan={plan} />
        <FormProblem error={start.error} />
        <Button
          style={{ alignSelf: 'flex-start' }}
          loading={start.isPending}
          onClick={() => {
            start.mutate({ ...wanted, seed: plan.seed });
          }}
        >
          {words.start}
        </Button>
        <PlaysPerDay perDay={plan.perDay} />
        <FirstPlays plays={plan.plays} />
      </Stack>
    </Panel>
  );
}

function PlanNotes({ plan }: { plan: RunPlan }) {
  const { warnings, unknownLength, pauses, leaderboards } = plan;
  const [pause] = pauses;
  const now = useTenSeconds();
  const notes = [
    ...(pause ? [words.planPauses(formatWithUtc(pause.pausesAt, now), formatWithUtc(pause.resumesAt, now))] : []),
    ...(leaderboards.exceeds ? [words.leaderboards] : []),
    ...(warnings.tooShort > 0 ? [words.tooShort(warnings.tooShort)] : []),
    ...(warnings.ignoredBefore > 0 ? [words.ignoredBefore(warnings.ignoredBefore)] : []),
    ...(warnings.samePlay > 0 ? [words.samePlay(warnings.samePlay)] : []),
    ...(warnings.sameSecond > 0 ? [words.sameSecond(warnings.sameSecond)] : []),
    ...(unknownLength > 0 ? [words.unknownLength(unknownLength)] : []),
  ];
  if (notes.length === 0) {
    return null;
  }
  return (
    <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />}>
      <ul className={classes.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Alert>
  );
}

function PlaysPerDay({ perDay }: Pick<RunPlan, 'perDay'>) {
  return (
    <section>
      <Title order={3} size="h5">
        {words.perDay}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.perDayHint}
      </Text>
      <ul className={classes.days}>
        {perDay.slice(0, DAYS_SHOWN).map(({ date, plays, used, cap }) => (
          <li key={date}>
            <span>{formatUtcDay(date)}</span>
            <Meter value={used + plays} max={cap} label={formatUtcDay(date)} />
            <span>{words.playsOfBudget(plays, used, cap)}</span>
          </li>
        ))}
      </ul>
      {perDay.length > DAYS_SHOWN && (
        <Text size="sm" c="dimmed" mt={4}>
          {words.moreDays(perDay.length - DAYS_SHOWN)}
        </Text>
      )}
    </section>
  );
}

function FirstPlays({ plays }: Pick<RunPlan, 'plays'>) {
  const [shown, setShown] = useState(PLAYS_SHOWN);
  return (
    <section>
      <Title order={3} size="h5">
        {words.firstPlays}
      </Title>
      <DataTable
        label={words.firstPlays}
        head={
          <>
            <Table.Th w={170}>{words.time}</Table.Th>
            <Table.Th>{texts.playlistPage.trackTitle}</Table.Th>
            <Table.Th>{texts.playlistPage.artist}</Table.Th>
          </>
        }
      >
        {plays.slice(0, shown).map(({ position, dueAt, title, artist, warnings }) => (
          <Table.Tr key={position}>
            <Table.Td c="dimmed">{formatMoment(dueAt)}</Table.Td>
            <Table.Td fw={500} data-lead>
              {title}
              {warnings.map((warning) => (
                <Text key={warning} size="sm" fw={400} c="var(--mantine-color-yellow-light-color)">
                  {words.warnings[warning]}
                </Text>
              ))}
            </Table.Td>
            <Table.Td>{artist}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {plays.length > shown && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          onClick={() => {
            setShown(shown + MORE_PLAYS);
          }}
        >
          {words.showMore}
        </Button>
      )}
    </section>
  );
}
