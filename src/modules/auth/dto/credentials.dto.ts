import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { identityKind } from '../identities/dto/identity.dto.js';
import { newPassword } from '../passwords/dto/new-password.js';
import { LONGEST_PASSWORD } from '../passwords/password-length.js';
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
  }),
) {}
