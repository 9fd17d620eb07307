import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { ListedLogin } from '../login-sessions.service.js';

const login = z.object({
  id: z.uuid(),
  device: z.string().describe('The browser in words, such as "Firefox on Windows"'),
  createdAt: z.iso.datetime().describe('When it signed in'),
  lastUsedAt: z.iso.datetime().describe('To within five minutes'),
  expiresAt: z.iso.datetime().describe('When it ends if it is not used again'),
  isCurrent: z.boolean().describe('Whether it is the browser that asks'),
});

export class LoginListDto extends createZodDto(
  z.object({
    items: z.array(login),
    total: z.int(),
    passwordChangeRequired: z.boolean().describe('The password signs nobody in until it is changed'),
  }),
) {
  static of(logins: readonly ListedLogin[], passwordChangeRequired: boolean): LoginListDto {
    const items = logins.map(({ login: { id, device, ...times }, isCurrent }) => ({
      id,
      device,
      createdAt: times.createdAt.toISOString(),
      lastUsedAt: times.lastUsedAt.toISOString(),
      expiresAt: times.expiresAt.toISOString(),
      isCurrent,
    }));
    return { items, total: items.length, passwordChangeRequired };
  }
}

export class DisownedLoginDto extends createZodDto(
  z.object({
    passwordChangeRequired: z.boolean().describe('Whether there is a password, which has to be changed now'),
    isAnyWayInLeft: z.boolean().describe('False: every way to sign in was added since, so a new one is needed now'),
  }),
) {}
