import { Module } from '@nestjs/common';

import { AuthModule } from '../auth/index.js';
import { LastfmModule } from '../lastfm/index.js';
import { ScrobblingModule } from '../scrobbling/index.js';
import { BotAnnouncements } from './bot-api/bot-announcements.service.js';
import { BotScrobbles } from './bot-api/bot-scrobbles.service.js';
import { DiscordAccountsController } from './bot-api/discord-accounts.controller.js';
import { DiscordAccounts } from './bot-api/discord-accounts.service.js';
import { PlaysController } from './bot-api/plays.controller.js';
import { Verdicts } from './bot-api/verdicts.service.js';

@Module({
  imports: [AuthModule, LastfmModule, ScrobblingModule],
  // In this order: /lfm/scrobble must not be taken for somebody's id.
  controllers: [PlaysController, DiscordAccountsController],
  providers: [BotAnnouncements, BotScrobbles, DiscordAccounts, Verdicts],
})
export class VoiceModule {}
