import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { LONGEST_PASSWORD } from '../../passwords/password-length.js';
import type { SecondFactorStanding } from '../second-factors.service.js';

export class SecondFactorDto extends createZodDto(
  z.object({
    isOn: z.boolean(),
    enabledAt: z.iso.datetime().nullable(),
    recoveryCodesLeft: z.int(),
    isRequired: z.boolean().describe('Moderators and administrators can do nothing of theirs without it'),
  }),
) {
  static of({ enabledAt, recoveryCodesLeft }: SecondFactorStanding, isRequired: boolean): SecondFactorDto {
    return {
      isOn: enabledAt !== null,
      enabledAt: enabledAt?.toISOString() ?? null,
      recoveryCodesLeft,
      isRequired,
    };
  }
}

export class BeginSecondFactorDto extends createZodDto(
  z.strictObject({
    currentPassword: z.string().max(LONGEST_PASSWORD).optional().describe('Of whoever has one'),
  }),
) {}

export class BegunSecondFactorDto extends createZodDto(
  z.object({
    secret: z.string().describe('For typing into an authenticator app; told this once'),
    address: z.string().describe('The same for a QR code'),
  }),
) {}

export class SecondFactorCodeDto extends createZodDto(
  z.strictObject({
    code: z.string().trim().min(6).max(64).describe('Six digits of the authenticator app, or a recovery code'),
  }),
) {}

export class RecoveryCodesDto extends createZodDto(
  z.object({ recoveryCodes: z.array(z.string()).describe('Each works once; told this once') }),
) {}
