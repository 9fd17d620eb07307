import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { isUserGone } from '../../../common/database/is-user-gone.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { Identities } from '../../auth/index.js';
import { type LastfmAccount, LastfmAccountsService } from '../../lastfm/index.js';
import { type Play, ScrobbleLedger, type ScrobbleRecord } from '../../scrobbling/index.js';
import { type EntryResult, type HeardPlay, play } from './dto/plays.dto.js';
import { invalid, type ReadEntry, readEntries } from './read-entries.js';
import { statusOfRecord } from './result-status.js';
import { type RecordedScrobble, Verdicts } from './verdicts.service.js';

/** Clocks of bots' machines differ a little. */
const FUTURE_TOLERANCE_MS = 60_000;

type Outcome = { scrobble: RecordedScrobble } | { refusal: EntryResult };

/** Plays that a bot reports for the people who heard them. */
@Injectable()
export class BotScrobbles {
  constructor(
    private readonly identities: Identities,
    private readonly accounts: LastfmAccountsService,
    private readonly ledger: ScrobbleLedger,
    private readonly verdicts: Verdicts,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Records each entry that can be, and answers for each in the order given.
   * @param waitMs how long to wait for Last.fm's word before an answer says `queued`
   */
  async record(entries: readonly unknown[], waitMs: number): Promise<EntryResult[]> {
    const read = readEntries(entries, play).map((entry) => this.refuseFuture(entry));
    const outcomes = await this.recordRead(read);
    const scrobbles = outcomes.flatMap((outcome) => ('scrobble' in outcome ? [outcome.scrobble] : []));
    const records =
      scrobbles.length > 0 ? await this.verdicts.waitFor(scrobbles, waitMs) : new Map<ScrobbleId, ScrobbleRecord>();
    return outcomes.map((outcome, index) => {
      if ('refusal' in outcome) {
        return outcome.refusal;
      }
      const entry = read[index];
      const discordUserId = entry && 'value' in entry ? entry.value.discordUserId : null;
      return { discordUserId, ...statusOfRecord(outcome.scrobble.id, records.get(outcome.scrobble.id)) };
    });
  }

  private refuseFuture(entry: ReadEntry<HeardPlay>): ReadEntry<HeardPlay> {
    const isFuture =
      'value' in entry && entry.value.timestamp * 1000 > this.clock.now().getTime() + FUTURE_TOLERANCE_MS;
    return isFuture
      ? { refusal: invalid(entry.value.discordUserId, 'played_in_future', 'timestamp: Must not be in the future.') }
      : entry;
  }

  /** A user who is deleted at this moment takes nobody else's plays with them: the second time they are not found. */
  private async recordRead(read: ReadonlyArray<ReadEntry<HeardPlay>>): Promise<Outcome[]> {
    try {
      return await this.recordOnce(read);
    } catch (error) {
      if (!isUserGone(error)) {
        throw error;
      }
      return this.recordOnce(read);
    }
  }

  private recordOnce(read: ReadonlyArray<ReadEntry<HeardPlay>>): Promise<Outcome[]> {
    return this.unitOfWork.run(async (tx) => {
      const discordIds = read.flatMap((entry) => ('value' in entry ? [entry.value.discordUserId] : []));
      const users = await this.identities.findUserIds(tx.manager, 'discord', discordIds);
      const userIds = [...new Set(users.values())];
      await this.ledger.lock(tx, userIds);
      const accounts = await this.accounts.findManyWithin(tx.manager, userIds);
      const plays: Play[] = [];
      const places = read.map((entry): number | { refusal: EntryResult } => {
        if ('refusal' in entry) {
          return entry;
        }
        const userId = users.get(entry.value.discordUserId);
        const refusal = refusalFor(entry.value, userId === undefined ? undefined : accounts.get(userId));
        return refusal || userId === undefined
          ? { refusal: refusal ?? notLinked(entry.value.discordUserId) }
          : plays.push(toPlay(userId, entry.value)) - 1;
      });
      const ids = await this.ledger.record(tx, plays);
      return places.map((place): Outcome => {
        if (typeof place !== 'number') {
          return place;
        }
        const [id, of] = [ids[place], plays[place]];
        if (id === undefined || !of) {
          throw new Error('There is an id for every play.');
        }
        return { scrobble: { userId: of.userId, id } };
      });
    });
  }
}

/** Why a play of this account is not wanted; null when it is. A rejected key is no reason: the play waits. */
function refusalFor({ discordUserId }: HeardPlay, account: LastfmAccount | undefined): EntryResult | null {
  if (!account) {
    return notLinked(discordUserId);
  }
  return account.scrobblingEnabled ? null : disabled(discordUserId);
}

export function notLinked(discordUserId: string): EntryResult {
  return {
    discordUserId,
    status: 'not_linked',
    code: 'lastfm_account_not_linked',
    message: 'No Last.fm account is linked.',
  };
}

export function disabled(discordUserId: string): EntryResult {
  return {
    discordUserId,
    status: 'disabled',
    code: 'scrobbling_disabled',
    message: 'They have switched scrobbling off.',
  };
}

function toPlay(userId: UserId, { artist, track, album, duration, timestamp }: HeardPlay): Play {
  return {
    userId,
    artist,
    title: track,
    album: album ?? null,
    albumArtist: null,
    durationSeconds: duration ?? null,
    playedAt: new Date(timestamp * 1000),
    source: 'voice',
    provenance: 'heard',
    // Whoever asked for the music, the bot does not say; in a voice channel it is mostly someone else.
    chosenByUser: false,
  };
}
