import type { Command } from 'commander';

import { KeyRotation, type RotatedColumn } from '../common/crypto/key-rotation.service.js';
import type { WithApplication } from './application.js';
import { CommandFailedError } from './command-failed-error.js';

export function addKeysCommands(program: Command, withApplication: WithApplication): void {
  const keys = program.command('keys').description('what secrets are encrypted with');
  keys
    .command('rotate')
    .description('encrypt every stored secret with the first key of ENCRYPTION_KEYS; can be repeated at any time')
    .action(async () => {
      const columns = await withApplication((app) => app.get(KeyRotation).rotate());
      process.stdout.write(columns.map(sentenceOf).join(''));
      failIfAnyIsLeft(columns);
    });
}

function sentenceOf({ name, reencrypted, current, left }: RotatedColumn): string {
  const others = left > 0 ? `, ${left} with another key` : '';
  return `${name}: ${reencrypted} re-encrypted, ${current} with the current key${others}\n`;
}

function failIfAnyIsLeft(columns: readonly RotatedColumn[]): void {
  const keyIds = [...new Set(columns.flatMap((column) => column.leftKeyIds))];
  if (keyIds.length > 0) {
    throw new CommandFailedError(
      `Some secrets are still sealed with: ${keyIds.join(', ')}. Either ENCRYPTION_KEYS does not list that key here (put it ` +
        'behind the first one), or a running process still has it in the first place (restart it). Then run this again.',
    );
  }
}
