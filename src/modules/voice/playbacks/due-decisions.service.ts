import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { type Play, ScrobbleLedger } from '../../scrobbling/index.js';
import type { DecisionReason } from '../decisions/decision-reason.js';
import { Eligibility, type KnownListeners } from '../decisions/eligibility.service.js';
import type { VoiceDecision } from '../decisions/voice-decision.entity.js';
import { VoiceDecisions } from '../decisions/voice-decisions.service.js';
import { outcomeFor, replay, type Story } from '../threshold/replay.js';
import { PlaybackEvents } from './playback-events.service.js';
import { Playback } from './playback.entity.js';

/** A player that tells nothing for that long after its track should be over has gone. */
const SILENT_SECONDS = 600;
/** Of a stream, whose end nobody knows. */
const STREAM_SECONDS = 6 * 3600;

interface Decided {
  decision: VoiceDecision;
  /** What is to be recorded; null: nothing. */
  play: Play | null;
}

/** The decisions on a batch of playbacks, and the scrobbles that follow from them. */
@Injectable()
export class DueDecisions {
  constructor(
    private readonly events: PlaybackEvents,
    private readonly decisions: VoiceDecisions,
    private readonly eligibility: Eligibility,
    private readonly ledger: ScrobbleLedger,
    private readonly clock: Clock,
  ) {}

  /** Playbacks whose moment has come and is proven, each for the caller alone until its transaction ends. */
  claim({ manager }: Transaction, now: Date, most: number): Promise<Playback[]> {
    return manager
      .createQueryBuilder(Playback, 'p')
      .where('p.decide_at <= :now and p.decide_at <= p.seen_at', { now })
      .orderBy('p.decide_at')
      .limit(most)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
  }

  /** Playbacks of which nobody has told anything for a long time. */
  claimSilent({ manager }: Transaction, now: Date, most: number): Promise<Playback[]> {
    return manager
      .createQueryBuilder(Playback, 'p')
      .where(
        'p.ended_at is null and p.seen_at < cast(:now as timestamptz) - make_interval(secs => coalesce(p.duration_seconds, :stream) + :silent)',
        { now, stream: STREAM_SECONDS, silent: SILENT_SECONDS },
      )
      .limit(most)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
  }

  /** Records a scrobble for everyone who was there from the start up to the threshold and still wants it. */
  async decide(tx: Transaction, playbacks: readonly Playback[]): Promise<void> {
    const { manager } = tx;
    const ids = playbacks.map(({ id }) => id);
    const facts = await this.events.findFacts(manager, ids);
    const pending = (await this.decisions.findWithin(manager, ids)).filter(isOpen);
    const users = await this.eligibility.findUsers(manager, [...new Set(pending.map((one) => one.discordUserId))]);
    // Nobody links, disconnects or changes their mind from here on.
    await this.ledger.lock(tx, [...new Set(users.values())]);
    const known = await this.eligibility.look(manager, users);
    const byId = new Map(
      playbacks.map((playback) => [
        playback.id,
        { playback, story: replay(facts.get(playback.id) ?? [], playback.thresholdMs) },
      ]),
    );
    const decided = pending.flatMap((decision): Decided[] => {
      const of = byId.get(decision.playbackId);
      const one = of && this.decideOne(decision, of.playback, of.story, known);
      return one && one.decision.reason !== decision.reason ? [one] : [];
    });
    await this.record(tx, decided);
    await this.close(tx, playbacks);
  }

  private decideOne(decision: VoiceDecision, playback: Playback, story: Story, known: KnownListeners): Decided {
    const { discordUserId } = decision;
    const exclusion = this.eligibility.exclusionOf(discordUserId, playback, known);
    const attendant = story.attendants.get(discordUserId);
    const outcome = attendant && outcomeFor(attendant, story, playback.seenAt.getTime());
    const reason: DecisionReason =
      exclusion ?? (decision.reason === 'not_linked' ? 'linked_during' : outcome) ?? 'joined_late';
    const userId = known.users.get(discordUserId);
    const play = reason === 'scrobbled' && userId ? toPlay(playback, userId, discordUserId) : null;
    const { playbackId } = decision;
    return { decision: { playbackId, discordUserId, reason, decidedAt: this.clock.now(), scrobbleId: null }, play };
  }

  private async record(tx: Transaction, decided: readonly Decided[]): Promise<void> {
    const scrobbled = decided.filter((one): one is Decided & { play: Play } => one.play !== null);
    const scrobbleIds = await this.ledger.record(
      tx,
      scrobbled.map(({ play }) => play),
    );
    scrobbled.forEach(({ decision }, index) => {
      decision.scrobbleId = scrobbleIds[index] ?? null;
    });
    await this.decisions.write(
      tx.manager,
      decided.map(({ decision }) => decision),
    );
  }

  private async close({ manager }: Transaction, playbacks: readonly Playback[]): Promise<void> {
    const now = this.clock.now();
    for (const playback of playbacks) {
      playback.decide(now);
    }
    await manager.query('update playback set decide_at = null, decided_at = $2 where id = any($1::uuid[])', [
      playbacks.map(({ id }) => id),
      now,
    ]);
  }
}

/** Those who count so far, and those who may have linked an account while it played. */
function isOpen({ reason }: VoiceDecision): boolean {
  return reason === 'listening' || reason === 'not_linked';
}

function toPlay(playback: Playback, userId: Play['userId'], discordUserId: string): Play {
  const { artist, title, album, durationSeconds, startedAt, requestedBy } = playback;
  return {
    ...{ userId, artist, title, album, durationSeconds },
    albumArtist: null,
    playedAt: new Date(Math.floor(startedAt.getTime() / 1000) * 1000),
    source: 'voice',
    provenance: 'heard',
    chosenByUser: requestedBy === discordUserId,
  };
}
