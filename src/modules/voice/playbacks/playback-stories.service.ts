import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { type BotKeyId, newId, type PlaybackId, type UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { type DecisionReason, isExclusion } from '../decisions/decision-reason.js';
import { Eligibility, type KnownListeners } from '../decisions/eligibility.service.js';
import { VoiceDecision } from '../decisions/voice-decision.entity.js';
import { VoiceDecisions } from '../decisions/voice-decisions.service.js';
import type { GuildSettings } from '../guilds/guild-settings.entity.js';
import { GuildSettingsService } from '../guilds/guild-settings.service.js';
import { overlapMs } from '../threshold/playing-time.js';
import { outcomeFor, replay, type Story } from '../threshold/replay.js';
import { thresholdMs } from '../threshold/threshold-policy.js';
import { PlaybackEvents } from './playback-events.service.js';
import { Playback } from './playback.entity.js';
import type { PlaybackStart } from './player-event.js';
import { Presence } from './presence.entity.js';

/** Keeps what is recorded of a playback true to its events. The playback is locked by the caller. */
@Injectable()
export class PlaybackStories {
  constructor(
    private readonly events: PlaybackEvents,
    private readonly decisions: VoiceDecisions,
    private readonly eligibility: Eligibility,
    private readonly guilds: GuildSettingsService,
    private readonly clock: Clock,
  ) {}

  /** A playback of which nothing is known but its start. @returns null: it was told before */
  async open(manager: EntityManager, playerId: BotKeyId, start: PlaybackStart): Promise<Playback | null> {
    const settings = await this.guilds.findWithin(manager, start.guildId);
    const playback = newPlayback(playerId, start, this.guilds.policyOf(settings));
    const insert = manager.createQueryBuilder().insert().into(Playback).values(playback).orIgnore();
    const inserted = await insert.returning('id').execute();
    if ((inserted.raw as unknown[]).length === 0) {
      return null;
    }
    if (start.guildName !== null) {
      await this.guilds.nameWithin(manager, settings, start.guildName);
    }
    return playback;
  }

  /**
   * Writes what the events amount to by now. Nothing is scrobbled here: that is decided where it is due.
   * @returns those who count so far, by Discord id
   */
  async retell(tx: Transaction, playback: Playback): Promise<Map<string, UserId>> {
    const { manager } = tx;
    const facts = await this.events.findFacts(manager, [playback.id]);
    const story = replay(facts.get(playback.id) ?? [], playback.thresholdMs);
    playback.follow(story);
    const known = await this.decisions.findWithin(manager, [playback.id]);
    const listening = await this.decideWhatIsClear(manager, playback, story, known);
    await this.write(manager, playback);
    if (story.time.end) {
      await this.keepPresences(manager, playback, story, story.time.end.atMs);
    }
    return listening;
  }

  /** What changes of a playback after its start. */
  async write(manager: EntityManager, playback: Playback): Promise<void> {
    const { id, channelId, channelName, seenAt, decideAt, decidedAt, endedAt, endReason } = playback;
    const changed = { channelId, channelName, seenAt, decideAt, decidedAt, endedAt, endReason };
    await manager.update(Playback, { id }, changed);
  }

  private async decideWhatIsClear(
    manager: EntityManager,
    playback: Playback,
    story: Story,
    known: readonly VoiceDecision[],
  ): Promise<Map<string, UserId>> {
    const before = new Map(known.map((decision) => [decision.discordUserId, decision]));
    const newcomers = [...story.attendants.keys()].filter((id) => !before.has(id));
    const users =
      newcomers.length > 0 ? await this.eligibility.findUsers(manager, newcomers) : new Map<string, UserId>();
    const listeners = await this.eligibility.look(manager, users);
    const settings = await this.guilds.findWithin(manager, playback.guildId);
    const changed = [...story.attendants].flatMap(([id, attendant]): VoiceDecision[] => {
      const outcome = outcomeFor(attendant, story, playback.startedAt.getTime());
      const decided = before.get(id);
      const reason = decided
        ? reasonNow(decided, outcome, playback)
        : (this.exclusion(id, playback, listeners, settings) ?? reasonOfLate(outcome, playback));
      return decided?.reason === reason ? [] : [this.decision(playback, id, reason)];
    });
    await this.decisions.write(manager, changed);
    const listening = new Set(changed.filter(({ reason }) => reason === 'listening').map((one) => one.discordUserId));
    return new Map([...users].filter(([id]) => listening.has(id)));
  }

  private exclusion(
    id: string,
    playback: Playback,
    listeners: KnownListeners,
    { channelIds }: GuildSettings,
  ): DecisionReason | null {
    const isOff = channelIds !== null && !channelIds.includes(playback.channelId);
    const exclusion = this.eligibility.exclusionOf(id, playback, listeners);
    return isOff && exclusion !== 'not_linked' ? 'channel_off' : exclusion;
  }

  private decision(playback: Playback, discordUserId: string, reason: DecisionReason): VoiceDecision {
    const decidedAt = reason === 'listening' ? null : this.clock.now();
    return { playbackId: playback.id, discordUserId, reason, decidedAt, scrobbleId: null };
  }

  private async keepPresences(
    manager: EntityManager,
    { id }: Playback,
    { time, attendants }: Story,
    endMs: number,
  ): Promise<void> {
    const presences = [...attendants].flatMap(([discordUserId, { stays }]) =>
      stays
        .filter(({ fromMs, untilMs }) => untilMs > fromMs)
        .map((stay): Presence => {
          const heardSeconds = Math.round(overlapMs(time, [stay], endMs) / 1000);
          const leftAt = new Date(Math.min(stay.untilMs, endMs));
          return { playbackId: id, discordUserId, joinedAt: new Date(stay.fromMs), leftAt, heardSeconds };
        }),
    );
    await manager.delete(Presence, { playbackId: id });
    if (presences.length > 0) {
      await manager.createQueryBuilder().insert().into(Presence).values(presences).execute();
    }
  }
}

/** One way to spoil it may turn out to be another; what the person or the server has chosen stays, and so does a scrobble. */
function reasonNow({ reason }: VoiceDecision, outcome: DecisionReason, { decidedAt }: Playback): DecisionReason {
  const isForGood = reason === 'scrobbled' || isExclusion(reason);
  return isForGood || (outcome === 'listening' && decidedAt !== null) ? reason : outcome;
}

/** Whoever is first told of after the decision has not been part of it. */
function reasonOfLate(outcome: DecisionReason, { decidedAt }: Playback): DecisionReason {
  return outcome === 'listening' && decidedAt !== null ? 'joined_late' : outcome;
}

function newPlayback(playerId: BotKeyId, start: PlaybackStart, policy: Playback['policy']): Playback {
  const { guildId, channelId, channelName, artist, title, album, durationSeconds, requestedBy, at, eventId } = start;
  return Object.assign(new Playback(), {
    ...{ guildId, channelId, channelName, artist, title, album, durationSeconds, requestedBy, policy },
    id: newId() as PlaybackId,
    playerId,
    startEventId: eventId,
    thresholdMs: thresholdMs(policy, durationSeconds),
    startedAt: at,
    seenAt: at,
    decideAt: null,
    decidedAt: null,
    endedAt: null,
    endReason: null,
  });
}
