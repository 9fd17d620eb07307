import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { DailyBudget, ScrobbleSource } from '../../api/models';
import { budgetQuery } from '../../api/queries';
import { texts } from '../../texts';
import { useTenSeconds } from '../../ui/clock';
import { formatUtcDay, formatWithUtc } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Meter } from '../../ui/meter';
import { Panel } from '../../ui/panel';
import { Loaded } from '../loaded';
import { useLinkStanding } from '../use-link-standing';
import classes from './budget-panel.module.css';

const words = texts.budget;

/** What the Last.fm account has had of its day; nothing while there is no account. */
export function BudgetPanel() {
  const budget = useQuery(budgetQuery);
  if (useLinkStanding() === 'not-linked') {
    return null;
  }
  return (
    <Panel title={words.title}>
      <Loaded query={budget} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
        {(day) => <Day budget={day} />}
      </Loaded>
    </Panel>
  );
}

function Day({ budget }: { budget: DailyBudget }) {
  const { used, cap, left, resetsAt, accepted } = budget;
  const now = useTenSeconds();
  const from = sourceWords(accepted);
  return (
    <Stack gap="sm">
      <div>
        <div className={classes.figures}>
          <Text fw={600}>{words.used(used, cap)}</Text>
          <Text size="sm" c="dimmed">
            {words.left(left)}
          </Text>
        </div>
        <Meter value={used} max={cap} label={words.meter} isFull={left === 0} />
      </div>
      <Text size="sm" c="dimmed">
        {from !== '' && `${from}. `}
        {words.resets(formatWithUtc(resetsAt, now))}
      </Text>
      <Forecast budget={budget} now={now} />
    </Stack>
  );
}

/** What the day's budget means for what is still to come. */
function Forecast({ budget, now }: { budget: DailyBudget; now: number }) {
  const { left, cap, configuredCap, run, learned, parkedUntil, waiting } = budget;
  const at = (moment: string) => formatWithUtc(moment, now);
  return (
    <>
      {run?.pausesAt && <Text size="sm">{words.pauses(at(run.pausesAt), at(run.resumesAt))}</Text>}
      {parkedUntil !== null && <Warning>{words.parked(at(parkedUntil), waiting)}</Warning>}
      {parkedUntil === null && left === 0 && <Warning>{words.spent(waiting)}</Warning>}
      {learned && cap < configuredCap && (
        <Text size="sm" c="dimmed">
          {words.learned(learned.cap, formatUtcDay(learned.on))}
        </Text>
      )}
    </>
  );
}

function Warning({ children }: { children: string }) {
  return (
    <Alert color="yellow" variant="light">
      {children}
    </Alert>
  );
}

/** "Auto-scrobble 12 · By hand 3": only what there was. */
function sourceWords(accepted: DailyBudget['accepted']): string {
  return (Object.entries(accepted) as [ScrobbleSource, number][])
    .filter(([, count]) => count > 0)
    .map(([source, count]) => `${texts.scrobble.sources[source]} ${texts.common.number(count)}`)
    .join(' · ');
}
