import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { email } from '../../dto/email.js';
import { newPassword } from './new-password.js';

export class SetPasswordDto extends createZodDto(z.strictObject({ email, newPassword })) {}
