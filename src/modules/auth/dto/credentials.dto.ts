import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { identityKind } from '../identities/dto/identity.dto.js';
import { newPassword } from '../passwords/dto/new-password.js';
import { LONGEST_PASSWORD } from '../passwords/password-length.js';
import { MeDto } from '../users/dto/me.dto.js';
import { email } from './email.js';
import { shortName } from './short-name.js';

export class RegisterDto extends createZodDto(
  z.strictObject({
    email,
    password: newPassword,
    displayName: shortName,
  }),
) {}

export class LoginDto extends createZodDto(
  z.strictObject({ email: z.string().max(254), password: z.string().max(LONGEST_PASSWORD) }),
) {}

export class SignedInDto extends createZodDto(
  z.object({
    secondFactor: z.boolean().describe('A code is wanted first: POST it to /auth/login/second-factor'),
    user: MeDto.schema.nullable().describe('Who is signed in now'),
  }),
) {}

export class ProvidersDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        kind: identityKind,
        label: z.string(),
        startPath: z.string().nullable().describe('Where to send a browser, with ?next=; null for a form of your own'),
      }),
    ),
    total: z.int(),
    passwordReset: z
      .enum(['mail', 'operator'])
      .describe('How a forgotten password is set anew: by a link in a mail, or by one from the operator'),
  }),
) {}
