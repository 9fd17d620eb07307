import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { EXPORT_FORMATS } from '../export-format.js';

export class ExportQueryDto extends createZodDto(z.object({ format: z.enum(EXPORT_FORMATS) })) {}
