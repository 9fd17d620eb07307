import { Box, H3, H5, Text } from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import React, { useEffect, useState } from 'react';

interface Bar {
  label: string;
  count: number;
}

/** As `Figures` answers it. */
interface FiguresRead {
  deliveries: Bar[];
  failures: Bar[];
  signUps: Bar[];
  activeRuns: Bar[];
  queueAgeSeconds: number | null;
  failedJobs: number;
  readAt: string;
}

const number = new Intl.NumberFormat('en');

export default function PanelDashboard() {
  const [figures, setFigures] = useState<FiguresRead>();
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    new ApiClient().getDashboard<FiguresRead>().then(
      ({ data }) => {
        setFigures(data);
      },
      () => {
        setHasFailed(true);
      },
    );
  }, []);
  if (!figures) {
    return (
      <Box p="xxl">
        <Text role="status">{hasFailed ? 'The figures could not be read. Reload the page.' : 'Counting …'}</Text>
      </Box>
    );
  }
  const { deliveries, failures, signUps, activeRuns, queueAgeSeconds, failedJobs, readAt } = figures;
  return (
    <Box p="xxl">
      <H3 mb="sm">How things are</H3>
      <Text mb="xl" color="grey80">
        Counted at {new Date(readAt).toLocaleTimeString('en-GB')}, at most once a minute.
      </Text>
      <Grid least={220}>
        <Figure
          label="Oldest scrobble that waits"
          value={queueAgeSeconds === null ? 'none waits' : age(queueAgeSeconds)}
        />
        <Figure label="Jobs given up" value={number.format(failedJobs)} />
        <Figure label="Active auto-scrobbles" value={number.format(sum(activeRuns))} />
        <Figure label="Sign-ups in 30 days" value={number.format(sum(signUps))} />
      </Grid>
      <Grid least={420}>
        <Chart title="Deliveries by state" bars={deliveries} empty="Nothing has been scrobbled yet." />
        <Chart title="Failed deliveries by reason and code" bars={failures} empty="None has failed." />
        <Chart title="Active auto-scrobbles" bars={activeRuns} empty="None is active." />
        <Days title="Sign-ups a day" bars={signUps} />
      </Grid>
    </Box>
  );
}

function Grid({ least, children }: { least: number; children: React.ReactNode }) {
  const columns = `repeat(auto-fit, minmax(min(100%, ${least}px), 1fr))`;
  return <div style={{ display: 'grid', gap: 24, gridTemplateColumns: columns, marginBottom: 24 }}>{children}</div>;
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Box variant="white" p="xl">
      <Text color="grey80" mb="default">
        {label}
      </Text>
      <H3 m="0">{value}</H3>
    </Box>
  );
}

function Chart({ title, bars, empty }: { title: string; bars: readonly Bar[]; empty: string }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <Box variant="white" p="xl" as="section" aria-label={title}>
      <H5 mb="lg">{title}</H5>
      {bars.length === 0 && <Text color="grey80">{empty}</Text>}
      <ul>
        {bars.map(({ label, count }) => (
          <li key={label} style={{ marginBottom: 12 }}>
            <div style={{ display: 'flex', justifyContent: 'space-between', marginBottom: 6 }}>
              <span>{label.replaceAll('_', ' ')}</span>
              <span>{number.format(count)}</span>
            </div>
            <div style={{ background: '#e8e8f4', borderRadius: 4, height: 8 }}>
              <div style={{ background: '#3040d6', borderRadius: 4, height: 8, width: `${(count / most) * 100}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </Box>
  );
}

function Days({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const ends = [bars.at(0), bars.at(-1)];
  return (
    <Box variant="white" p="xl" as="section" aria-label={title}>
      <H5 mb="lg">{title}</H5>
      <div
        role="img"
        aria-label={`${sum(bars)} in all`}
        style={{ alignItems: 'end', display: 'flex', gap: 2, height: 96 }}
      >
        {bars.map(({ label, count }) => (
          <div
            key={label}
            title={`${label}: ${count}`}
            style={{
              background: count ? '#3040d6' : '#e8e8f4',
              flex: 1,
              height: `${Math.max(3, (count / most) * 100)}%`,
            }}
          />
        ))}
      </div>
      <div style={{ display: 'flex', justifyContent: 'space-between', marginTop: 8 }}>
        {ends.map((bar) => (
          <span key={bar?.label}>{bar?.label}</span>
        ))}
      </div>
    </Box>
  );
}

function sum(bars: readonly Bar[]): number {
  return bars.reduce((total, { count }) => total + count, 0);
}

function age(seconds: number): string {
  const units: ReadonlyArray<[seconds: number, name: string]> = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ];
  const [size, name] = units.find(([each]) => seconds >= each) ?? [1, 'second'];
  return new Intl.NumberFormat('en', { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    Math.floor(seconds / size),
  );
}
