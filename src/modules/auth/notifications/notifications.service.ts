import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { Page } from '../../../common/http/paging.js';
import { newId, type NotificationId, type UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { Notification, type NotificationKind } from './notification.entity.js';

export interface News {
  userId: UserId;
  kind: NotificationKind;
  text: string;
  /** What caused it. */
  dedupeKey: string;
}

@Injectable()
export class NotificationsService {
  constructor(
    @InjectRepository(Notification) private readonly notifications: Repository<Notification>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Safe to call again: one cause is told once. */
  async tell(userId: UserId, kind: NotificationKind, text: string, dedupeKey: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.tellWithin(tx, { userId, kind, text, dedupeKey }));
  }

  /** The same in the caller's transaction: told with what it is about, or not at all. */
  async tellWithin(tx: Transaction, { userId, kind, text, dedupeKey }: News): Promise<void> {
    const told = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Notification)
      .values({
        id: newId() as NotificationId,
        userId,
        kind,
        text,
        dedupeKey,
        createdAt: this.clock.now(),
        readAt: null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((told.raw as unknown[]).length > 0) {
      await tx.publishDurably('user.notified', { userId, kind, text });
    }
    await tx.updateLive(userId, { kind: 'notification' });
  }

  async list(userId: UserId, limit: number, offset: number): Promise<Page<Notification>> {
    const [items, total] = await this.notifications.findAndCount({
      where: { userId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  async markAllRead(userId: UserId): Promise<void> {
    await this.notifications.update({ userId, readAt: IsNull() }, { readAt: this.clock.now() });
  }
}
