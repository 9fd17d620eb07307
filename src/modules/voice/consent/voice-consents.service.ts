import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { DataSource, type EntityManager, In } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import { newId, type UserId, type VoiceConsentChangeId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { UsersService } from '../../auth/index.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import type { Place } from './refusal-at.js';
import { VoiceConsentChange } from './voice-consent-change.entity.js';
import { VoiceConsent } from './voice-consent.entity.js';

const ANYWHERE: Place = { guildId: '', channelId: '' };
/** By then a night is over, in the user's own time zone. */
const MORNING_HOUR = 6;
const MOST_LOGGED = 100;

/** Where users want their scrobbles from. Every change is logged. */
@Injectable()
export class VoiceConsents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersService,
    private readonly accounts: LastfmAccountsService,
    private readonly clock: Clock,
  ) {}

  /** The choices that still count. */
  async list(userId: UserId): Promise<VoiceConsent[]> {
    const all = await this.dataSource.manager.find(VoiceConsent, {
      where: { userId },
      order: { guildId: 'ASC', channelId: 'ASC' },
    });
    return all.filter(({ until }) => until === null || until > this.clock.now());
  }

  /** The choices of each of these users, as a transaction of the caller sees them. */
  async findWithin(manager: EntityManager, userIds: readonly UserId[]): Promise<Map<UserId, VoiceConsent[]>> {
    return groupBy(await manager.findBy(VoiceConsent, { userId: In(userIds) }), ({ userId }) => userId);
  }

  /**
   * Allows or forbids scrobbles from a server, or from one channel of it.
   * @param place an empty channel: the whole server
   * @param isAllowed null: takes the choice back, so that the wider one counts
   */
  async choose(userId: UserId, place: Place, isAllowed: boolean | null): Promise<void> {
    await this.write(userId, place, isAllowed, null);
  }

  /** Nothing is scrobbled until the morning, whatever is allowed. @returns when that is */
  async pauseTonight(userId: UserId): Promise<Date> {
    const { timeZone } = await this.users.require(userId);
    const now = DateTime.fromJSDate(this.clock.now(), { zone: timeZone });
    const today = now.set({ hour: MORNING_HOUR, minute: 0, second: 0, millisecond: 0 });
    const until = (today > now ? today : today.plus({ days: 1 })).toJSDate();
    await this.write(userId, ANYWHERE, false, until);
    return until;
  }

  /** Takes "not tonight" back. */
  async resumeTonight(userId: UserId): Promise<void> {
    await this.write(userId, ANYWHERE, null, null);
  }

  /** The consent log, the latest change first. */
  listChanges(userId: UserId): Promise<VoiceConsentChange[]> {
    return this.dataSource.manager.find(VoiceConsentChange, {
      where: { userId },
      order: { changedAt: 'DESC', id: 'DESC' },
      take: MOST_LOGGED,
    });
  }

  private async write(userId: UserId, place: Place, isAllowed: boolean | null, until: Date | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      // A decision that is being made at this moment is made by the one or by the other.
      await this.accounts.lockWithin(tx, userId);
      const changedAt = this.clock.now();
      if (isAllowed === null) {
        await tx.manager.delete(VoiceConsent, { userId, ...place });
      } else {
        await tx.manager.save(VoiceConsent, { userId, ...place, isAllowed, until, changedAt });
      }
      const id = newId() as VoiceConsentChangeId;
      await tx.manager.insert(VoiceConsentChange, { id, userId, ...place, isAllowed, until, changedAt });
    });
  }
}
