import type { Command } from 'commander';
import { validate } from 'uuid';

import type { BotKeyId } from '../common/ids.js';
import { BotKeys } from '../modules/auth/index.js';
import type { WithApplication } from './application.js';
import { CommandFailedError } from './command-failed-error.js';

const LONGEST_NAME = 100;

export function addBotKeysCommands(program: Command, withApplication: WithApplication): void {
  const botKeys = program.command('bot-keys').description('keys that let music bots use the bot API (docs/bot-api.md)');
  botKeys
    .command('issue <name>')
    .description('make a key for the bot of that name; it is shown this once')
    .action(async (given: string) => {
      const name = given.trim();
      if (name === '' || name.length > LONGEST_NAME) {
        throw new CommandFailedError(`Give the bot a name of 1 to ${LONGEST_NAME} characters.`);
      }
      const { botKey, key } = await withApplication((app) => app.get(BotKeys).issue(name, null));
      process.stdout.write(`${key}\nKeep it: it is not shown again. To revoke it: bot-keys revoke ${botKey.id}\n`);
    });
  botKeys
    .command('list')
    .description('every key, the newest first')
    .action(async () => {
      const { items } = await withApplication((app) => app.get(BotKeys).list());
      process.stdout.write(items.length === 0 ? 'There is none.\n' : items.map((item) => lineOf(item)).join(''));
    });
  botKeys
    .command('revoke <id>')
    .description('a key that is revoked opens nothing any more, at once')
    .action(async (id: string) => {
      if (!validate(id)) {
        throw new CommandFailedError('The id of a key is what "bot-keys list" shows in the first column.');
      }
      await withApplication((app) => app.get(BotKeys).revoke(id as BotKeyId, null));
      process.stdout.write('Revoked.\n');
    });
}

type ListedKey = Awaited<ReturnType<BotKeys['list']>>['items'][number];

function lineOf({ id, name, createdAt, lastUsedAt, revokedAt }: ListedKey): string {
  const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used';
  const state = revokedAt ? `revoked ${revokedAt.toISOString()}` : used;
  return `${id}  ${name}  made ${createdAt.toISOString()}, ${state}\n`;
}
