import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { MergeSide } from '../merge-previews.service.js';
import type { UserMergeProposal } from '../user-merge.entity.js';

const side = z.object({
  displayName: z.string(),
  createdAt: z.iso.datetime(),
  waysIn: z
    .array(z.object({ kind: z.enum(['password', 'oidc', 'discord', 'lastfm']), name: z.string() }))
    .describe('How one signs in to it'),
  lastfm: z
    .object({ username: z.string(), waiting: z.int().describe('Scrobbles that wait for it') })
    .nullable()
    .describe('The linked Last.fm account'),
  counts: z.array(
    z.object({ what: z.string().describe('`playlists`, `scrobbles`, `runs`, `notifications`'), count: z.int() }),
  ),
});

export class UserMergeDto extends createZodDto(
  z.object({
    id: z.uuid(),
    into: side.describe('Who stays: the user who is signed in'),
    from: side.describe('Who goes: everything of theirs moves'),
    proven: z
      .object({ kind: z.enum(['oidc', 'discord', 'lastfm']), name: z.string() })
      .describe('The way in by which the person proved to be the other user too'),
    expiresAt: z.iso.datetime(),
  }),
) {
  static of({ id, provenKind, provenName, expiresAt }: UserMergeProposal, sides: { into: MergeSide; from: MergeSide }) {
    return {
      id,
      into: sideOf(sides.into),
      from: sideOf(sides.from),
      proven: { kind: provenKind, name: provenName },
      expiresAt: expiresAt.toISOString(),
    };
  }
}

function sideOf({ createdAt, ...told }: MergeSide) {
  return { ...told, createdAt: createdAt.toISOString() };
}

export class ConfirmMergeDto extends createZodDto(
  z
    .strictObject({
      lastfm: z
        .strictObject({
          username: z.string().max(200).describe('The Last.fm account that stays linked'),
          waiting: z.enum(['send', 'cancel']).describe('What becomes of the scrobbles that wait for the other one'),
        })
        .optional()
        .describe('Needed when both have a Last.fm account'),
    })
    .prefault({}),
) {}
