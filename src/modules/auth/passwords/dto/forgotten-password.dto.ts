import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { newPassword } from './new-password.js';

export class ForgottenPasswordDto extends createZodDto(z.strictObject({ email: z.string().trim().min(1).max(254) })) {}

export class ResetPasswordDto extends createZodDto(
  z.strictObject({ token: z.string().min(1).max(200), password: newPassword }),
) {}
