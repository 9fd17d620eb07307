import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { shortName } from '../../dto/short-name.js';
import type { BotKey } from '../bot-key.entity.js';

const moment = z.iso.datetime();

const botKey = z.object({
  id: z.uuid(),
  name: z.string().describe('Which bot it is for'),
  createdAt: moment,
  lastUsedAt: moment.nullable().describe('To within five minutes'),
  revokedAt: moment.nullable(),
});

function toBotKey({ id, name, createdAt, lastUsedAt, revokedAt }: BotKey): z.output<typeof botKey> {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

export class IssueBotKeyDto extends createZodDto(z.strictObject({ name: shortName })) {}

export class IssuedBotKeyDto extends createZodDto(botKey.extend({ key: z.string().describe('Shown this once') })) {
  static withKey(issued: BotKey, key: string): IssuedBotKeyDto {
    return { ...toBotKey(issued), key };
  }
}

export class BotKeyListDto extends createZodDto(z.object({ items: z.array(botKey), total: z.int() })) {
  static of(items: readonly BotKey[], total: number): BotKeyListDto {
    return { items: items.map((item) => toBotKey(item)), total };
  }
}
