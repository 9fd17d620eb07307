import { type DynamicModule, Module } from '@nestjs/common';
import { IntentsBitField } from 'discord.js';

import type { AppConfig } from '../../config/app-config.js';
import { AuthModule } from '../auth/index.js';
import { LastfmModule } from '../lastfm/index.js';
import { PlaylistsModule } from '../playlists/index.js';
import { ScrobblingModule } from '../scrobbling/index.js';
import { MusicQueueModule, VoiceModule } from '../voice/index.js';
import { BotConnection } from './connection/bot-connection.service.js';
import { CommandRegistration } from './connection/command-registration.service.js';
import { NecordConnectionModule } from './connection/necord-connection.module.js';
import { LastfmCommands } from './lastfm/lastfm.commands.js';
import { LinkAnnouncements } from './lastfm/link-announcements.service.js';
import { CompletePlaylists } from './music/complete-playlists.interceptor.js';
import { ControlCommands } from './music/control.commands.js';
import { Jukebox } from './music/jukebox.service.js';
import { Lavalink } from './music/lavalink.service.js';
import { MusicButtons } from './music/music.buttons.js';
import { NowPlayingBoard } from './music/now-playing-board.service.js';
import { PlaybackCommands } from './music/playback.commands.js';
import { QueueCommands } from './music/queue.commands.js';
import { Rooms } from './music/rooms.service.js';
import { SkipVotes } from './music/skip-votes.js';
import { Skips } from './music/skips.service.js';
import { TrackSearch } from './music/track-search.service.js';
import { Declines } from './voice-feed/declines.service.js';
import { VoiceFeed } from './voice-feed/voice-feed.service.js';

const music = [
  CompletePlaylists,
  ControlCommands,
  Jukebox,
  Lavalink,
  MusicButtons,
  NowPlayingBoard,
  PlaybackCommands,
  QueueCommands,
  Rooms,
  SkipVotes,
  Skips,
  TrackSearch,
];
const voiceFeed = [Declines, VoiceFeed];

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
        PlaylistsModule,
        ScrobblingModule,
        VoiceModule,
        MusicQueueModule,
      ],
      providers: [BotConnection, CommandRegistration, LastfmCommands, LinkAnnouncements, ...music, ...voiceFeed],
    };
  }
}
