import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Client } from 'discord.js';
import { CommandsService } from 'necord';

import { AppConfig } from '../../../config/app-config.js';

type CommandList = Parameters<Client<true>['application']['commands']['set']>[0];

/**
 * Tells Discord the commands whenever the bot comes online. One overwrite of the whole list: what is the same stays the
 * same, what is gone goes, however often it is done.
 */
@Injectable()
export class CommandRegistration implements OnModuleInit {
  private readonly logger = new Logger(CommandRegistration.name);

  constructor(
    private readonly client: Client,
    private readonly commands: CommandsService,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.client.once('clientReady', (client) => {
      void this.register(client);
    });
  }

  private async register(client: Client<true>): Promise<void> {
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
