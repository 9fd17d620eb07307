import { setTimeout as delay } from 'node:timers/promises';

import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { Identities } from '../../auth/index.js';
import { type Announcement, LastfmAccountsService, NowPlaying } from '../../lastfm/index.js';
import { disabled, notLinked } from './bot-scrobbles.service.js';
import { type AnnouncedPlay, announcement, type EntryResult } from './dto/plays.dto.js';
import { type ReadEntry, readEntries } from './read-entries.js';

/** What plays at this moment, as a bot announces it for the people who hear it: one call of Last.fm for each. */
@Injectable()
export class BotAnnouncements {
  private readonly logger = new Logger(BotAnnouncements.name);

  constructor(
    private readonly identities: Identities,
    private readonly accounts: LastfmAccountsService,
    private readonly nowPlaying: NowPlaying,
    private readonly dataSource: DataSource,
  ) {}

  /** Nobody waits for anybody else. @param waitMs how long an answer is waited for before it says `queued` */
  async announce(entries: readonly unknown[], waitMs: number): Promise<EntryResult[]> {
    const read = readEntries(entries, announcement);
    const discordIds = read.flatMap((entry) => ('value' in entry ? [entry.value.discordUserId] : []));
    const { manager } = this.dataSource;
    const users = await this.identities.findUserIds(manager, 'discord', discordIds);
    const accounts = await this.accounts.findManyWithin(manager, [...new Set(users.values())]);
    return Promise.all(
      read.map((entry: ReadEntry<AnnouncedPlay>): Promise<EntryResult> => {
        if ('refusal' in entry) {
          return Promise.resolve(entry.refusal);
        }
        const { discordUserId } = entry.value;
        const account = accounts.get(users.get(discordUserId) ?? ('' as UserId));
        if (!account) {
          return Promise.resolve(notLinked(discordUserId));
        }
        return account.scrobblingEnabled
          ? this.announceOne(account.userId, entry.value, waitMs)
          : Promise.resolve(disabled(discordUserId));
      }),
    );
  }

  private async announceOne(userId: UserId, entry: AnnouncedPlay, waitMs: number): Promise<EntryResult> {
    const { discordUserId, artist, track, album, duration } = entry;
    const played = { artist, title: track, album: album ?? null, durationSeconds: duration ?? null };
    const said = this.nowPlaying.announce(userId, played).then(
      (outcome) => ({ discordUserId, ...statusOf(outcome) }),
      (error: unknown): EntryResult => {
        this.logger.error(error);
        return { discordUserId, status: 'failed', code: 'internal_error' };
      },
    );
    const waited = delay(waitMs, { discordUserId, status: 'queued' as const }, { ref: false });
    return Promise.race([said, waited]);
  }
}

function statusOf(outcome: Announcement): Omit<EntryResult, 'discordUserId'> {
  switch (outcome.kind) {
    case 'shown':
      return { status: 'accepted' };
    case 'ignored':
      return { status: 'ignored', code: 'ignored_by_lastfm', message: outcome.message };
    case 'superseded':
      return { status: 'ignored', code: 'superseded', message: 'Another track was announced since.' };
    case 'dropped':
      return outcome.code === 'lastfm_account_not_linked'
        ? { status: 'not_linked', code: outcome.code }
        : { status: 'failed', code: outcome.code };
    case 'failed':
      return { status: 'failed', code: 'refused_by_lastfm', message: outcome.message };
  }
}
