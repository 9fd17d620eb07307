import { Argument, type Command } from 'commander';

import {
  PasswordResets,
  Roles,
  SecondFactors,
  USER_ROLES,
  type UserRole,
  UsersService,
} from '../modules/auth/index.js';
import type { WithApplication } from './application.js';

const WHO = 'the e-mail address they sign in with, or their id';

export function addUsersCommands(program: Command, withApplication: WithApplication): void {
  const users = program.command('users').description('people with an account here');
  users
    .command('role')
    .description('say what somebody may do; counts from their next request on')
    .argument('<who>', WHO)
    .addArgument(new Argument('<role>').choices(USER_ROLES))
    .action(async (who: string, role: UserRole) => {
      await withApplication(async (app) => app.get(Roles).change(await app.get(UsersService).requireNamed(who), role));
      process.stdout.write(`${who} is ${role} now.\n${role === 'user' ? '' : NEEDS_SECOND_FACTOR}`);
    });
  users
    .command('reset-password')
    .description('make a link by which somebody sets a new password; make sure it is them')
    .argument('<who>', WHO)
    .action(async (who: string) => {
      const link = await withApplication(async (app) =>
        app.get(PasswordResets).linkForOperator(await app.get(UsersService).requireNamed(who)),
      );
      process.stdout.write(`Hand this on to ${who}. It works once, within 60 minutes:\n${link}\n`);
    });
  users
    .command('disable-second-factor')
    .description('for somebody who has lost their phone and their recovery codes; make sure it is them')
    .argument('<who>', WHO)
    .action(async (who: string) => {
      await withApplication(async (app) =>
        app.get(SecondFactors).disableByOperator(await app.get(UsersService).requireNamed(who)),
      );
      process.stdout.write(`${who} signs in without a second factor now.\n`);
    });
}

const NEEDS_SECOND_FACTOR = 'It lets them do more once they have set up a second factor in their settings.\n';
