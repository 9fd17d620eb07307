import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { LONGEST_PASSWORD } from '../password-length.js';
import { newPassword } from './new-password.js';

export class ChangePasswordDto extends createZodDto(
  z.strictObject({ currentPassword: z.string().max(LONGEST_PASSWORD), newPassword }),
) {}
