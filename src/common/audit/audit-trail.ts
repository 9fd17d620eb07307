import { Injectable } from '@nestjs/common';
import { EntityManager, LessThan } from 'typeorm';

import { Clock } from '../clock.js';
import type { Page } from '../http/paging.js';
import { type AuditEntryId, newId, type UserId } from '../ids.js';
import type { AuditAction } from './audit-action.js';
import { AuditEntry } from './audit-entry.entity.js';
import { currentCaller } from './caller.js';

const DAY_MS = 86_400_000;
/** Stated in docs/operations.md. */
const KEPT_DAYS = 365;

export interface AuditedEvent {
  action: AuditAction;
  userId: UserId | null;
  /** Who did it, where that is somebody else than the user. */
  by?: UserId | null;
  /** Plain words that help a person recognise it. Never a secret. */
  details?: Record<string, string>;
}

/** The record of what happened to the safety of accounts. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly manager: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Notes an event in the caller's transaction: with what it is about, or not at all. */
  async record(manager: EntityManager, { action, userId, by = null, details = {} }: AuditedEvent): Promise<void> {
    const caller = currentCaller();
    await manager.insert(AuditEntry, {
      id: newId() as AuditEntryId,
      userId,
      actorId: by,
      action,
      network: caller?.network ?? null,
      device: caller?.device ?? null,
      details,
      occurredAt: this.clock.now(),
    });
  }

  /** Notes that it happened, and nothing by which anyone could be recognised. */
  async recordAnonymously(manager: EntityManager, action: AuditAction): Promise<void> {
    await manager.insert(AuditEntry, {
      id: newId() as AuditEntryId,
      userId: null,
      actorId: null,
      action,
      network: null,
      device: null,
      details: {},
      occurredAt: this.clock.now(),
    });
  }

  /** A user's own events, newest first. */
  async list(userId: UserId, limit: number, offset: number): Promise<Page<AuditEntry>> {
    const [items, total] = await this.manager.findAndCount(AuditEntry, {
      where: { userId },
      order: { occurredAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  /** Takes out of a user's events all by which they could be recognised; that and when it happened stays. */
  async anonymise(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.update(AuditEntry, { userId }, { userId: null, network: null, device: null, details: {} });
  }

  async purge(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS);
    await this.manager.delete(AuditEntry, { occurredAt: LessThan(oldest) });
  }
}
