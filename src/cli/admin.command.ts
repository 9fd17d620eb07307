import type { Command } from 'commander';
import { z } from 'zod';

import { EmailTakenError, PasswordResets, Roles, UsersService } from '../modules/auth/index.js';
import type { WithApplication } from './application.js';
import { CommandFailedError } from './command-failed-error.js';

export function addAdminCommands(program: Command, withApplication: WithApplication): void {
  const admin = program.command('admin').description('administrators');
  admin
    .command('create')
    .description('make an account for an administrator, who sets the password by the link that is printed')
    .argument('<email>', 'the e-mail address they will sign in with')
    .action(async (email: string) => {
      if (!z.email().max(254).safeParse(email).success) {
        throw new CommandFailedError('This is not an e-mail address.');
      }
      const link = await withApplication(async (app) => {
        const { id } = await app.get(UsersService).registerWithoutPassword(email, 'Administrator').catch(pointToRole);
        await app.get(Roles).change(id, 'admin');
        return app.get(PasswordResets).linkForOperator(id);
      });
      process.stdout.write(
        `${email} is an administrator now. The password is set here, once, within 60 minutes:\n${link}\n` +
          'After the first sign-in they set up a second factor in their settings.\n',
      );
    });
}

function pointToRole(error: unknown): never {
  if (error instanceof EmailTakenError) {
    throw new CommandFailedError('There is an account with this address already. Use: users role <e-mail> admin');
  }
  throw error;
}
