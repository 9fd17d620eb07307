import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { timeZoneField } from '../../../../common/http/time-zone-field.js';
import { shortName } from '../../dto/short-name.js';
import { USER_ROLES, type User } from '../user.entity.js';

const me = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  displayName: z.string(),
  role: z.enum(USER_ROLES),
  timeZone: z.string(),
  profilePublic: z.boolean(),
  statisticsPublic: z.boolean(),
  createdAt: z.iso.datetime(),
});

export class MeDto extends createZodDto(me) {
  static of(user: User, email: string | null): MeDto {
    const { id, displayName, role, timeZone: zone, profilePublic, statisticsPublic, createdAt } = user;
    const choices = { profilePublic, statisticsPublic };
    return { id, email, displayName, role, timeZone: zone, ...choices, createdAt: createdAt.toISOString() };
  }
}

export class UpdateMeDto extends createZodDto(
  z.strictObject({
    displayName: shortName.optional(),
    timeZone: timeZoneField.optional(),
    profilePublic: z.boolean().optional().describe('Others may see a page about me'),
    statisticsPublic: z.boolean().optional().describe('That page may show what I listen to'),
  }),
) {}
