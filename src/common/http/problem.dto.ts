import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const problem = z
  .object({
    type: z.string().describe('urn:problem:<code>'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened and what to do now, for people'),
    code: z.string().describe('Stable; programs decide by it'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional().describe('Name it when you report a fault of ours'),
  })
  .meta({ id: 'Problem' });

/** RFC 9457 `application/problem+json`: the form of every refusal and failure. */
export class ProblemDto extends createZodDto(problem) {}
