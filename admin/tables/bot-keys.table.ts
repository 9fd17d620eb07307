import { z } from 'zod';

import type { BotKeyId } from '../../src/common/ids.js';
import { BotKeys } from '../../src/modules/auth/index.js';
import { action, type PanelAction, type PanelTable } from './panel-table.js';
import type { Services } from './services.js';

const COLUMNS: PanelTable['columns'] = {
  name: { label: 'Bot', sql: 'k.name', type: 'string', isSearched: true, isListed: true },
  createdById: { label: 'Issued by', sql: 'k.created_by_id', type: 'string', of: 'users', isListed: true },
  createdAt: { label: 'Issued', sql: 'k.created_at', type: 'datetime', isListed: true },
  lastUsedAt: { label: 'Last used', sql: 'k.last_used_at', type: 'datetime', isListed: true },
  revokedAt: { label: 'Revoked', sql: 'k.revoked_at', type: 'datetime', isListed: true },
};

export function botKeysTable(services: Services): PanelTable {
  return {
    id: 'bot-keys',
    label: 'Bot keys',
    group: 'Operation',
    icon: 'Key',
    role: 'admin',
    from: 'bot_key k',
    key: 'k.id::text',
    keyIs: 'uuid',
    byKey: 'k.id = $1::uuid',
    title: 'name',
    order: 'createdAt',
    columns: COLUMNS,
    actions: actions(services),
  };
}

function actions(services: Services): PanelAction[] {
  const botKeys = services(BotKeys);
  return [
    action({
      name: 'issue',
      label: 'Issue a key',
      icon: 'Plus',
      role: 'admin',
      on: 'table',
      about: 'Makes a key that lets a music bot scrobble for the people it serves. It is shown this once.',
      fields: [{ name: 'name', label: 'Which bot it is for' }],
      input: z.object({ name: z.string().trim().min(1, 'Give the bot a name.').max(100) }),
      async run({ by, input }) {
        const { key } = await botKeys.issue(input.name, by);
        return `The key of ${input.name}, shown this once: ${key}`;
      },
    }),
    action({
      name: 'revoke',
      label: 'Revoke',
      icon: 'Slash',
      role: 'admin',
      on: 'row',
      about: 'The bot is locked out at once. This cannot be undone; you can issue a new key.',
      fields: [],
      input: z.object({}),
      isOffered: ({ revokedAt }) => revokedAt === null,
      async run({ by, id, row }) {
        await botKeys.revoke(id as BotKeyId, by);
        return `The key of ${String(row['name'])} opens nothing any more.`;
      },
    }),
  ];
}
