import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { capOn, learnCap, type LearnedCap } from './daily-cap.js';
import type { PlanBudget } from '../runs/planner/timetable.js';
import { nextUtcMidnight, utcDay, type UtcDay } from './utc-day.js';

/** What a lane remembers of its account's day. */
export interface LaneBudget {
  budgetDay: UtcDay | null;
  sentToday: number;
  learnedCap: number | null;
  learnedOn: UtcDay | null;
  parkedUntil: Date | null;
}

/** Select list that makes one of a `delivery_lane` row. A date is text here: its day must not shift with a time zone. */
export const LANE_BUDGET_COLUMNS = `
  to_char(budget_day, 'YYYY-MM-DD') as "budgetDay", sent_today as "sentToday", learned_cap as "learnedCap",
  to_char(learned_on, 'YYYY-MM-DD') as "learnedOn", parked_until as "parkedUntil"`;

const UNUSED: LaneBudget = { budgetDay: null, sentToday: 0, learnedCap: null, learnedOn: null, parkedUntil: null };

/** What is left of an account's day. */
export interface DayAllowance {
  used: number;
  cap: number;
  left: number;
}

/**
 * One budget a Last.fm account and UTC day over all sources. Automation (runs, imports) stops at it, so that what a
 * person hears or enters always finds room; the counter lies in the lane's row and changes under its lock.
 * @see PRODUCT.md, "Daily budget"
 */
@Injectable()
export class DailyBudget {
  private readonly configured: number;

  constructor(
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.configured = config.lastfm.dailyAutomatic;
  }

  allowance(lane: LaneBudget): DayAllowance {
    const today = utcDay(this.clock.now());
    const used = lane.budgetDay === today ? lane.sentToday : 0;
    const cap = this.capOn(today, lane);
    return { used, cap, left: Math.max(0, cap - used) };
  }

  capOn(day: UtcDay, lane: Pick<LaneBudget, 'learnedCap' | 'learnedOn'>): number {
    return capOn(day, this.configured, learnedOf(lane));
  }

  /** What a plan that starts now finds: automation that waits already goes first. */
  async forPlan(manager: EntityManager, userId: UserId): Promise<PlanBudget> {
    const lane = await this.findLane(manager, userId);
    return {
      used: this.allowance(lane).used,
      usedOn: utcDay(this.clock.now()),
      waiting: await this.countWaiting(manager, userId),
      parkedUntil: lane.parkedUntil,
      capOn: (day) => this.capOn(day, lane),
    };
  }

  /** Automation of a user that has not been sent yet. */
  async countWaiting(manager: EntityManager, userId: UserId): Promise<number> {
    return (await this.countWaitingOf(manager, [userId])).get(userId) ?? 0;
  }

  private async countWaitingOf(manager: EntityManager, userIds: readonly UserId[]): Promise<Map<UserId, number>> {
    const rows: Array<{ userId: UserId; count: number }> = await manager.query(
      `select d.user_id as "userId", count(*)::int as count
         from delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id
        where d.user_id = any($1::uuid[]) and d.destination = $2 and d.state in ('queued', 'held', 'sending')
          and s.source in ('run', 'import')
        group by d.user_id`,
      [userIds, LASTFM],
    );
    return new Map(rows.map(({ userId, count }) => [userId, count]));
  }

  async findLane(manager: EntityManager, userId: UserId): Promise<LaneBudget> {
    const [lane]: LaneBudget[] = await manager.query(
      `select ${LANE_BUDGET_COLUMNS} from delivery_lane where user_id = $1 and destination = $2`,
      [userId, LASTFM],
    );
    return lane ?? UNUSED;
  }

  /**
   * As a plan expects it: automation that waits to be sent takes its room before any more is added to it.
   * @returns of these users, those for whose next automation there is no room, and until when
   */
  async findSpent(manager: EntityManager, userIds: readonly UserId[]): Promise<Map<UserId, Date>> {
    const now = this.clock.now();
    const rows: Array<LaneBudget & { userId: UserId }> = await manager.query(
      `select user_id as "userId", ${LANE_BUDGET_COLUMNS} from delivery_lane
        where user_id = any($1::uuid[]) and destination = $2`,
      [userIds, LASTFM],
    );
    const waiting = await this.countWaitingOf(manager, userIds);
    const spent = new Map<UserId, Date>();
    for (const lane of rows) {
      if (lane.parkedUntil && lane.parkedUntil > now) {
        spent.set(lane.userId, lane.parkedUntil);
      } else if (this.allowance(lane).left <= (waiting.get(lane.userId) ?? 0)) {
        spent.set(lane.userId, nextUtcMidnight(now));
      }
    }
    return spent;
  }

  /**
   * An account is linked. What another one had today and what it taught us is not this one's; of the same one it stays,
   * however often it was disconnected.
   * @returns whether the account is another one
   */
  async startFor({ manager }: Transaction, userId: UserId, usernameKey: string): Promise<boolean> {
    const [, changed]: [unknown[], number] = await manager.query(
      `update delivery_lane
          set budget_account = $3, budget_day = null, sent_today = 0, learned_cap = null, learned_on = null
        where user_id = $1 and destination = $2 and budget_account is distinct from $3`,
      [userId, LASTFM, usernameKey],
    );
    return changed > 0;
  }

  /** Counts what Last.fm took, on the day it was sent. The lane must be locked. @param sentAt of each */
  async count({ manager }: Transaction, userId: UserId, sentAt: readonly Date[]): Promise<void> {
    for (const [day, { length }] of groupBy(sentAt, utcDay)) {
      await manager.query(
        `update delivery_lane
            set sent_today = case when budget_day = $3::date then sent_today + $4
                                  when budget_day > $3::date then sent_today else $4 end,
                budget_day = greatest(budget_day, $3::date)
          where user_id = $1 and destination = $2`,
        [userId, LASTFM, day, length],
      );
    }
  }

  /**
   * Last.fm takes no more of this account on that day: what it took so far is its cap, as far as we know. Where it took
   * nothing from us, something else has used the account up, which teaches nothing.
   */
  async learn({ manager }: Transaction, userId: UserId, fullDay: UtcDay): Promise<void> {
    const lane = await this.findLane(manager, userId);
    if (lane.budgetDay !== fullDay || lane.sentToday === 0) {
      return;
    }
    const learned = learnCap(lane.sentToday, fullDay);
    await manager.query(
      'update delivery_lane set learned_cap = $3, learned_on = $4 where user_id = $1 and destination = $2',
      [userId, LASTFM, learned.cap, learned.on],
    );
  }
}

function learnedOf({ learnedCap, learnedOn }: Pick<LaneBudget, 'learnedCap' | 'learnedOn'>): LearnedCap | null {
  return learnedCap !== null && learnedOn !== null ? { cap: learnedCap, on: learnedOn } : null;
}
