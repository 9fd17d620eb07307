import { timingSafeEqual } from 'node:crypto';

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { LoadingCache } from '../../../common/collections/loading-cache.js';
import type { Page } from '../../../common/http/paging.js';
import { type BotKeyId, newId, type UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { PostgresChannel } from '../../../events/postgres-channel.js';
import { BotKeyNotFoundError } from '../auth.errors.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import { BotKey } from './bot-key.entity.js';

/** Makes a leaked key recognisable to whoever finds it. */
const PREFIX = 'usb_';
/** How long a key is known without asking again; the precision of its last use, too. A revocation is heard of at once. */
const KNOWN_MS = 5 * 60_000;
const MOST_KNOWN = 1_000;
/** What `BOT_API_KEY` is counted as. */
const BOOTSTRAP_ID = '00000000-0000-0000-0000-000000000000' as BotKeyId;

/** The keys of music bots. */
@Injectable()
export class BotKeys implements OnApplicationBootstrap {
  private readonly known: LoadingCache<BotKeyId | null>;
  private readonly bootstrapHash: string | null;

  constructor(
    @InjectRepository(BotKey) private readonly keys: Repository<BotKey>,
    private readonly channel: PostgresChannel,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    this.known = new LoadingCache(clock, KNOWN_MS, MOST_KNOWN);
    this.bootstrapHash = config.botApiKey === undefined ? null : hashOf(config.botApiKey);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.has('web')) {
      const clear = (): void => {
        this.known.clear();
      };
      await this.channel.subscribe({ channel: 'bot-key-revoked', onMessage: clear, onGap: clear });
    }
  }

  /** The key itself is in this answer and nowhere else. @param createdById null: the operator */
  async issue(name: string, createdById: UserId | null): Promise<{ botKey: BotKey; key: string }> {
    const { token: key, hash } = newOpaqueToken(PREFIX);
    const botKey = this.keys.create({
      id: newId() as BotKeyId,
      name,
      keyHash: hash,
      createdById,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    });
    await this.keys.manager.transaction(async (manager) => {
      await manager.insert(BotKey, botKey);
      await this.audit.record(manager, { action: 'bot-key.issued', userId: createdById, details: { name } });
    });
    return { botKey, key };
  }

  /** Newest first, the revoked ones included. */
  async list(): Promise<Page<BotKey>> {
    const [items, total] = await this.keys.findAndCount({ order: { createdAt: 'DESC', id: 'DESC' } });
    return { items, total };
  }

  /** It opens nothing any more, at any replica. @throws BotKeyNotFoundError, also for one that is revoked already */
  async revoke(id: BotKeyId, revokedBy: UserId | null): Promise<void> {
    await this.keys.manager.transaction(async (manager) => {
      const { affected } = await manager.update(BotKey, { id, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
      const botKey = await manager.findOneBy(BotKey, { id });
      if (!botKey || !affected) {
        throw new BotKeyNotFoundError();
      }
      await this.audit.record(manager, {
        action: 'bot-key.revoked',
        userId: revokedBy,
        details: { name: botKey.name },
      });
      await this.channel.notify(manager, 'bot-key-revoked', [id]);
    });
    this.known.clear();
  }

  /** Whose key this is, or null; its use is noted. */
  async findId(key: string): Promise<BotKeyId | null> {
    const hash = hashOf(key);
    if (this.bootstrapHash !== null && timingSafeEqual(Buffer.from(hash), Buffer.from(this.bootstrapHash))) {
      return BOOTSTRAP_ID;
    }
    return this.known.get(hash, () => this.load(hash));
  }

  private async load(keyHash: string): Promise<BotKeyId | null> {
    const found = await this.keys.findOneBy({ keyHash, revokedAt: IsNull() });
    if (found) {
      await this.keys.update({ id: found.id }, { lastUsedAt: this.clock.now() });
    }
    return found?.id ?? null;
  }
}
