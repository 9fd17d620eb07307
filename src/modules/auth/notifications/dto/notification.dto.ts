import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../../common/http/paging.js';
import { type Notification, NOTIFICATION_KINDS } from '../notification.entity.js';

const notification = z.object({
  id: z.uuid(),
  kind: z.enum(NOTIFICATION_KINDS),
  text: z.string(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export class NotificationDto extends createZodDto(notification) {
  static of({ id, kind, text, createdAt, readAt }: Notification): NotificationDto {
    return { id, kind, text, createdAt: createdAt.toISOString(), readAt: readAt?.toISOString() ?? null };
  }
}

export class NotificationListDto extends createZodDto(z.object({ items: z.array(notification), total: z.int() })) {}

export class NotificationQueryDto extends createZodDto(z.object(pagingQuery)) {}
