import { Alert, Progress, Text } from '@mantine/core';

import type { ScrobbleRun } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { useSeconds, useTenSeconds } from '../../ui/clock';
import { FactList } from '../../ui/fact-list';
import { formatDuration, formatLength, formatWithUtc } from '../../ui/format';
import { Panel } from '../../ui/panel';
import { StatusLabel } from '../../ui/status-label';
import { TextLink } from '../links';
import { RunControls } from './run-controls';
import { RUN_TONES, settingsWords } from './run-words';
import classes from './runs.module.css';

const words = texts.runs;

/** The run that is going on: where it stands, what comes next, and the means to steer it. */
export function RunCard({ run }: { run: ScrobbleRun }) {
  const { state, position, trackCount, counts, gapSeconds } = run;
  return (
    <Panel title={words.title} aside={<StatusLabel tone={RUN_TONES[state]}>{words.states[state]}</StatusLabel>}>
      <PlaylistName run={run} />
      <Text size="sm" c="dimmed" mb="md">
        {settingsWords(run)}
      </Text>
      <Progress value={trackCount === 0 ? 0 : (100 * position) / trackCount} aria-label={words.progress} size="lg" />
      <Text size="sm" c="dimmed" mt={6}>
        {words.progressOf(position, trackCount)}
        {run.pass > 0 && ` · ${words.pass(run.pass + 1)}`}
      </Text>
      <PausedNote run={run} />
      <NextTrack run={run} />
      <FactList
        facts={[
          { label: words.accepted, value: texts.common.number(counts.accepted) },
          { label: words.queued, value: texts.common.number(counts.queued) },
          { label: words.ignored, value: texts.common.number(counts.ignored) },
          { label: words.failed, value: texts.common.number(counts.failed) },
        ]}
      />
      {gapSeconds > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {words.gap(formatDuration(gapSeconds))}
        </Text>
      )}
      <RunControls run={run} />
    </Panel>
  );
}

function PausedNote({ run: { pausedReason, resumesAt } }: { run: ScrobbleRun }) {
  const now = useTenSeconds();
  if (pausedReason === null) {
    return null;
  }
  return (
    <Alert color="yellow" variant="light" mt="md">
      {words.pausedReasons[pausedReason]}
      {resumesAt !== null && ` ${words.resumesAt(formatWithUtc(resumesAt, now))}`}
    </Alert>
  );
}

function PlaylistName({ run: { playlistId, playlistTitle } }: { run: ScrobbleRun }) {
  if (playlistId === null) {
    return <Text fw={600}>{playlistTitle}</Text>;
  }
  return (
    <TextLink to={paths.playlist} params={{ playlistId }} fw={600}>
      {playlistTitle}
    </TextLink>
  );
}

function NextTrack({ run: { currentTrack, nextDueAt, state } }: { run: ScrobbleRun }) {
  if (currentTrack === null) {
    return null;
  }
  return (
    <div className={classes.next}>
      <div className={classes.nextTrack}>
        <Text size="sm" c="dimmed" span>
          {words.next}{' '}
        </Text>
        <Text fw={600} span>
          {currentTrack.title}
        </Text>{' '}
        <Text span>{texts.common.byArtist(currentTrack.artist)}</Text>
      </div>
      {state === 'running' && nextDueAt !== null && <Countdown until={nextDueAt} />}
    </div>
  );
}

function Countdown({ until }: { until: string }) {
  const seconds = Math.ceil((Date.parse(until) - useSeconds()) / 1000);
  return (
    <span className={classes.countdown} role="timer">
      {seconds > 0 ? `${words.nextIn} ${formatLength(seconds)}` : words.anyMoment}
    </span>
  );
}
