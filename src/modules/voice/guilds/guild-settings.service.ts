import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import type { ThresholdPolicy } from '../threshold/threshold-policy.js';
import { GuildSettings } from './guild-settings.entity.js';

/** What a manager may choose; what is left out stays as it is. */
export type GuildChoice = Partial<
  Pick<GuildSettings, 'thresholdPolicy' | 'channelIds' | 'djRoleId' | 'announces' | 'logChannelId'>
>;

/** The settings of Discord servers. Whether somebody is a manager of one, only Discord knows: whoever calls has asked. */
@Injectable()
export class GuildSettingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** A server that nobody has set up has the usual ones. */
  find(guildId: string): Promise<GuildSettings> {
    return this.findWithin(this.dataSource.manager, guildId);
  }

  /** The same as a transaction of the caller sees it. */
  async findWithin(manager: EntityManager, guildId: string): Promise<GuildSettings> {
    return (await manager.findOneBy(GuildSettings, { guildId })) ?? this.usual(guildId);
  }

  /** By which policy its tracks count. */
  policyOf({ thresholdPolicy }: GuildSettings): ThresholdPolicy {
    return thresholdPolicy ?? this.config.voiceThresholdPolicy;
  }

  /** @param changedBy the Discord user who does */
  async change(guildId: string, choice: GuildChoice, changedBy: string): Promise<GuildSettings> {
    const changed = { ...choice, updatedAt: this.clock.now(), updatedBy: changedBy };
    return this.dataSource.transaction(async (manager) => {
      await this.insertIfNew(manager, this.usual(guildId));
      await manager.update(GuildSettings, { guildId }, changed);
      return this.findWithin(manager, guildId);
    });
  }

  /** Remembers what a server is called, so that people recognise it on screen. */
  async nameWithin(manager: EntityManager, { guildId, name: known }: GuildSettings, name: string): Promise<void> {
    if (known !== name) {
      await this.insertIfNew(manager, this.usual(guildId));
      await manager.update(GuildSettings, { guildId }, { name });
    }
  }

  private async insertIfNew(manager: EntityManager, settings: GuildSettings): Promise<void> {
    await manager.createQueryBuilder().insert().into(GuildSettings).values(settings).orIgnore().execute();
  }

  private usual(guildId: string): GuildSettings {
    return Object.assign(new GuildSettings(), {
      guildId,
      name: null,
      thresholdPolicy: null,
      channelIds: null,
      djRoleId: null,
      announces: true,
      logChannelId: null,
      updatedAt: this.clock.now(),
      updatedBy: null,
    });
  }
}
