import { Command } from 'commander';

import type { WithApplication } from './application.js';
import { addAdminCommands } from './admin.command.js';
import { addBotKeysCommands } from './bot-keys.command.js';
import { addKeysCommands } from './keys.command.js';
import { addUsersCommands } from './users.command.js';

/** Every command an operator has. A new one: a file `<subject>.command.ts` beside this one, added here. */
export function createProgram(withApplication: WithApplication): Command {
  const program = new Command('npm run cli --')
    .description('Commands for whoever runs this installation. They work while the server is running, and without it.')
    .addHelpText('after', '\nExit codes: 0 done, 1 it did not work and why was said, 2 the command was not understood.')
    .exitOverride()
    .showHelpAfterError('(--help says what there is)');
  addBotKeysCommands(program, withApplication);
  addKeysCommands(program, withApplication);
  addAdminCommands(program, withApplication);
  addUsersCommands(program, withApplication);
  return program;
}
