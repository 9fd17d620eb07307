import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { Identity, IdentityKind } from '../identity.entity.js';

const kinds = ['password', 'oidc', 'discord', 'lastfm'] as const satisfies readonly IdentityKind[];
export const identityKind = z.enum(kinds);

const identity = z.object({
  id: z.uuid(),
  kind: identityKind,
  label: z.string().describe('Who vouches, as people know them'),
  name: z.string().describe('What the person is called there; their e-mail address for a password'),
  pictureUrl: z.string().nullable(),
  letsIn: z.boolean().describe('Whether one can sign in with it at present'),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

export class IdentityListDto extends createZodDto(z.object({ items: z.array(identity), total: z.int() })) {
  static of(
    identities: readonly Identity[],
    describe: (identity: Identity) => { label: string; letsIn: boolean },
  ): IdentityListDto {
    const items = identities.map((each) => ({
      id: each.id,
      kind: each.kind,
      ...describe(each),
      name: each.name,
      pictureUrl: each.pictureUrl,
      createdAt: each.createdAt.toISOString(),
      lastUsedAt: each.lastUsedAt?.toISOString() ?? null,
    }));
    return { items, total: items.length };
  }
}
