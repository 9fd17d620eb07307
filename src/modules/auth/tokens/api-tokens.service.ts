import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import type { Page } from '../../../common/http/paging.js';
import type { TokenScope } from '../../../common/http/principal.js';
import { type ApiTokenId, newId, type UserId } from '../../../common/ids.js';
import { TokenNotFoundError } from '../auth.errors.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import { ApiToken } from './api-token.entity.js';

/** Makes a leaked token recognisable to whoever finds it. */
const PREFIX = 'usc_';
const LAST_USE_PRECISION_MS = 5 * 60_000;

@Injectable()
export class ApiTokensService {
  constructor(
    @InjectRepository(ApiToken) private readonly tokens: Repository<ApiToken>,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** The token itself is in this answer and nowhere else. */
  async create(userId: UserId, name: string, scopes: TokenScope[]): Promise<{ apiToken: ApiToken; token: string }> {
    const { token, hash } = newOpaqueToken(PREFIX);
    const apiToken = this.tokens.create({
      id: newId() as ApiTokenId,
      userId,
      name,
      scopes,
      tokenHash: hash,
      createdAt: this.clock.now(),
      lastUsedAt: null,
    });
    await this.tokens.manager.transaction(async (manager) => {
      await manager.insert(ApiToken, apiToken);
      await this.audit.record(manager, { action: 'token.created', userId, details: { name } });
    });
    return { apiToken, token };
  }

  async list(userId: UserId): Promise<Page<ApiToken>> {
    const [items, total] = await this.tokens.findAndCount({ where: { userId }, order: { createdAt: 'DESC' } });
    return { items, total };
  }

  /** @throws TokenNotFoundError, also for someone else's */
  async revoke(userId: UserId, id: ApiTokenId): Promise<void> {
    await this.tokens.manager.transaction(async (manager) => {
      const token = await manager.findOneBy(ApiToken, { id, userId });
      const { affected } = await manager.delete(ApiToken, { id, userId });
      if (!token || !affected) {
        throw new TokenNotFoundError();
      }
      await this.audit.record(manager, { action: 'token.revoked', userId, details: { name: token.name } });
    });
  }

  /** The token's row if it is known; its use is noted. */
  async findByToken(token: string): Promise<ApiToken | null> {
    const now = this.clock.now();
    const found = await this.tokens.findOneBy({ tokenHash: hashOf(token) });
    if (found && now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > LAST_USE_PRECISION_MS) {
      await this.tokens.update({ id: found.id }, { lastUsedAt: now });
    }
    return found;
  }
}
