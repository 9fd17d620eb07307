import { type DynamicModule, Module } from '@nestjs/common';
import { IntentsBitField } from 'discord.js';

import type { AppConfig } from '../../config/app-config.js';
import { AuthModule } from '../auth/index.js';
import { LastfmModule } from '../lastfm/index.js';
import { ScrobblingModule } from '../scrobbling/index.js';
import { VoiceModule } from '../voice/index.js';
import { BotConnection } from './connection/bot-connection.service.js';
import { CommandRegistration } from './connection/command-registration.service.js';
import { NecordConnectionModule } from './connection/necord-connection.module.js';
import { LastfmCommands } from './lastfm/lastfm.commands.js';
import { LinkAnnouncements } from './lastfm/link-announcements.service.js';

const { Guilds, GuildVoiceStates } = IntentsBitField.Flags;

@Module({})
export class DiscordBotModule {
  /** To be called only where `discord.bot` is configured. */
  static with({ discord }: AppConfig): DynamicModule {
    return {
      module: DiscordBotModule,
      imports: [
        NecordConnectionModule.forRoot({
          token: discord.bot?.token ?? '',
          // None of them is privileged: we read nobody's messages.
          intents: [Guilds, GuildVoiceStates],
          rest: { api: discord.apiUrl, version: '10' },
          allowedMentions: { parse: [] },
          skipRegistration: true,
        }),
        AuthModule,
        LastfmModule,
        ScrobblingModule,
        VoiceModule,
      ],
      providers: [BotConnection, CommandRegistration, LastfmCommands, LinkAnnouncements],
    };
  }
}
