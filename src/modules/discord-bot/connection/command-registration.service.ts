import { Injectable, Logger } from '@nestjs/common';
import { CommandsService, Context, type ContextOf, Once } from 'necord';

import { AppConfig } from '../../../config/app-config.js';

type ReadyClient = ContextOf<'clientReady'>[0];
type CommandList = Parameters<ReadyClient['application']['commands']['set']>[0];

/**
 * Tells Discord the commands whenever the bot comes online. One overwrite of the whole list: what is the same stays the
 * same, what is gone goes, however often it is done.
 */
@Injectable()
export class CommandRegistration {
  private readonly logger = new Logger(CommandRegistration.name);

  constructor(
    private readonly commands: CommandsService,
    private readonly config: AppConfig,
  ) {}

  @Once('clientReady')
  async register(@Context() [client]: ContextOf<'clientReady'>): Promise<void> {
    const commands = this.commands.getCommands().map((command) => command.toJSON()) as unknown as CommandList;
    const guildId = this.config.discord.bot?.guildId;
    try {
      await (guildId === undefined
        ? client.application.commands.set(commands)
        : client.application.commands.set(commands, guildId));
      this.logger.log(`${client.user.username} is online with ${commands.length} commands.`);
    } catch (error) {
      this.logger.error(error, 'Discord did not take the commands.');
    }
  }
}
