import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuthModule } from '../auth/index.js';
import { LastfmModule } from '../lastfm/index.js';
import { ScrobblingModule } from '../scrobbling/index.js';
import { BotAnnouncements } from './bot-api/bot-announcements.service.js';
import { BotScrobbles } from './bot-api/bot-scrobbles.service.js';
import { DiscordAccountsController } from './bot-api/discord-accounts.controller.js';
import { DiscordAccounts } from './bot-api/discord-accounts.service.js';
import { PlaysController } from './bot-api/plays.controller.js';
import { Verdicts } from './bot-api/verdicts.service.js';
import { BotLogEntry } from './bot-log/bot-log-entry.entity.js';
import { BotLog } from './bot-log/bot-log.service.js';
import { VoiceConsentChange } from './consent/voice-consent-change.entity.js';
import { VoiceConsent } from './consent/voice-consent.entity.js';
import { VoiceConsentsController } from './consent/voice-consents.controller.js';
import { VoiceConsents } from './consent/voice-consents.service.js';
import { Eligibility } from './decisions/eligibility.service.js';
import { VoiceDecision } from './decisions/voice-decision.entity.js';
import { VoiceDecisionsController } from './decisions/voice-decisions.controller.js';
import { VoiceDecisions } from './decisions/voice-decisions.service.js';
import { GuildSettings } from './guilds/guild-settings.entity.js';
import { GuildSettingsService } from './guilds/guild-settings.service.js';
import { DueDecisions } from './playbacks/due-decisions.service.js';
import { PlaybackDecider } from './playbacks/playback-decider.service.js';
import { PlaybackEvent } from './playbacks/playback-event.entity.js';
import { PlaybackEvents } from './playbacks/playback-events.service.js';
import { PlaybackStories } from './playbacks/playback-stories.service.js';
import { Playback } from './playbacks/playback.entity.js';
import { Playbacks } from './playbacks/playbacks.service.js';
import { PlayerApiController } from './playbacks/player-api.controller.js';
import { Presence } from './playbacks/presence.entity.js';
import { RoomAnnouncements } from './playbacks/room-announcements.service.js';
import { PurgeVoice } from './purge-voice.task.js';
import { RoomsController } from './rooms/rooms.controller.js';
import { Rooms } from './rooms/rooms.service.js';
import { VoiceData } from './voice-data.js';

const botApi = [BotAnnouncements, BotScrobbles, DiscordAccounts, Verdicts];
const playbacks = [DueDecisions, PlaybackDecider, PlaybackEvents, Playbacks, PlaybackStories, RoomAnnouncements];

@Module({
  imports: [
    TypeOrmModule.forFeature([
      BotLogEntry,
      GuildSettings,
      Playback,
      PlaybackEvent,
      Presence,
      VoiceConsent,
      VoiceConsentChange,
      VoiceDecision,
    ]),
    AuthModule,
    LastfmModule,
    ScrobblingModule,
  ],
  // In this order: /lfm/scrobble must not be taken for somebody's id.
  controllers: [
    PlaysController,
    DiscordAccountsController,
    PlayerApiController,
    RoomsController,
    VoiceConsentsController,
    VoiceDecisionsController,
  ],
  providers: [
    ...botApi,
    ...playbacks,
    BotLog,
    Eligibility,
    GuildSettingsService,
    PurgeVoice,
    Rooms,
    VoiceConsents,
    VoiceData,
    VoiceDecisions,
  ],
  exports: [BotLog, DiscordAccounts, GuildSettingsService, Playbacks, Rooms, VoiceConsents, VoiceDecisions],
})
export class VoiceModule {}
