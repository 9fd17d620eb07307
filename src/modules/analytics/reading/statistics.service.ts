import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import type { CountedPeriod } from './counted-period.js';
import { type AskedPeriod, CountedPeriods } from './counted-periods.service.js';
import { ListeningFacts, type NamedCount, type NameFacet } from './listening-facts.js';
import type { FacetWords, Outcome } from './outcome.js';
import { daysOf, type LocalDay, shifted } from './period.js';
import { currentStreak, longestStreak, type Streak, streaksOf } from './streaks.js';

const USUAL_DAYS = 30;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export interface PeriodOfAnswer {
  timeZone: string;
  from: LocalDay | null;
  to: LocalDay;
}

export interface Summary extends PeriodOfAnswer {
  plays: number;
  activeDays: number;
  firstDay: LocalDay | null;
  lastDay: LocalDay | null;
  artists: number;
  tracks: number;
  albums: number;
  sources: Array<{ source: FacetWords['source']; plays: number }>;
  provenances: Array<{ provenance: FacetWords['provenance']; plays: number }>;
  deliveries: Array<{ outcome: Outcome; count: number }>;
  deliverySuccess: number | null;
}

/** What a user has listened to, in their own time zone. Every answer is of this moment: nothing waits for a job. */
@Injectable()
export class Statistics {
  constructor(
    private readonly periods: CountedPeriods,
    private readonly facts: ListeningFacts,
  ) {}

  async summarize(userId: UserId, asked: AskedPeriod): Promise<Summary> {
    const period = await this.periods.count(userId, asked);
    const days = await this.facts.days(period);
    const [artists, tracks, albums] = await Promise.all([
      this.facts.countNames(period, 'artist'),
      this.facts.countNames(period, 'track'),
      this.facts.countNames(period, 'album'),
    ]);
    const [sources, provenances, deliveries] = await Promise.all([
      this.facts.tally(period, 'source'),
      this.facts.tally(period, 'provenance'),
      this.facts.tally(period, 'delivery'),
    ]);
    return {
      ...named(period),
      plays: days.reduce((sum, { plays }) => sum + plays, 0),
      activeDays: days.length,
      firstDay: days[0]?.day ?? null,
      lastDay: days.at(-1)?.day ?? null,
      ...{ artists, tracks, albums },
      sources: sources.map(({ name, plays }) => ({ source: name, plays })),
      provenances: provenances.map(({ name, plays }) => ({ provenance: name, plays })),
      deliveries: deliveries.map(({ name, plays }) => ({ outcome: name, count: plays })),
      deliverySuccess: successOf(new Map(deliveries.map(({ name, plays }) => [name, plays]))),
    };
  }

  /** Every day of the period, also without plays; the last 30 unless asked otherwise. */
  async countPerDay(userId: UserId, asked: AskedPeriod) {
    const period = await this.periods.count(userId, asked);
    const from = period.from ?? shifted(period.to, 1 - USUAL_DAYS);
    const played = new Map((await this.facts.days({ ...period, from })).map(({ day, plays }) => [day, plays]));
    const items = daysOf({ from, to: period.to }).map((day) => ({ day, plays: played.get(day) ?? 0 }));
    return { ...named(period), from, items };
  }

  async findTop(
    userId: UserId,
    facet: NameFacet,
    { limit, offset, ...asked }: AskedPeriod & { limit: number; offset: number },
  ): Promise<PeriodOfAnswer & { items: NamedCount[]; total: number }> {
    const period = await this.periods.count(userId, asked);
    return { ...named(period), ...(await this.facts.top(period, facet, { limit, offset })) };
  }

  /** How much is played in which hour of the week. An hour that the clock shows twice in a night is one. */
  async readClock(userId: UserId, asked: AskedPeriod) {
    const period = await this.periods.count(userId, asked);
    const played = new Map((await this.facts.tally(period, 'hour')).map(({ name, plays }) => [name, plays]));
    const items = WEEKDAYS.flatMap((weekday) =>
      HOURS.map((hour) => ({
        ...{ weekday, hour },
        plays: played.get(`${weekday}-${String(hour).padStart(2, '0')}`) ?? 0,
      })),
    );
    return { ...named(period), items };
  }

  async findStreaks(
    userId: UserId,
    asked: AskedPeriod,
  ): Promise<PeriodOfAnswer & { current: Streak | null; longest: Streak | null }> {
    const period = await this.periods.count(userId, asked);
    const streaks = streaksOf((await this.facts.days(period)).map(({ day }) => day));
    return { ...named(period), current: currentStreak(streaks, period.today), longest: longestStreak(streaks) };
  }
}

const named = ({ timeZone, from, to }: CountedPeriod): PeriodOfAnswer => ({ timeZone, from, to });

/** Cancelled, archived and duplicate ones were never to arrive, and what waits still may. */
function successOf(outcomes: ReadonlyMap<Outcome, number>): number | null {
  const count = (outcome: Outcome): number => outcomes.get(outcome) ?? 0;
  const ended = count('accepted') + count('ignored') + count('failed') + count('expired');
  return ended === 0 ? null : count('accepted') / ended;
}
