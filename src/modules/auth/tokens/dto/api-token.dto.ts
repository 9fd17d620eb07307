import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { TOKEN_SCOPES } from '../../../../common/http/principal.js';
import { shortName } from '../../dto/short-name.js';
import type { ApiToken } from '../api-token.entity.js';

const scopes = z.array(z.enum(TOKEN_SCOPES));
const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

export class CreateApiTokenDto extends createZodDto(
  z.strictObject({
    name: shortName,
    scopes: scopes.min(1).transform((given) => [...new Set(given)]),
  }),
) {}

const described = ({ id, name, scopes: granted, createdAt, lastUsedAt }: ApiToken): z.output<typeof apiToken> => ({
  id,
  name,
  scopes: granted,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

export class ApiTokenDto extends createZodDto(apiToken) {
  static of(token: ApiToken): ApiTokenDto {
    return described(token);
  }
}

export class CreatedApiTokenDto extends createZodDto(
  apiToken.extend({ token: z.string().describe('Shown this once; keep it') }),
) {
  static withToken(token: ApiToken, secret: string): CreatedApiTokenDto {
    return { ...described(token), token: secret };
  }
}

export class ApiTokenListDto extends createZodDto(z.object({ items: z.array(apiToken), total: z.int() })) {}
