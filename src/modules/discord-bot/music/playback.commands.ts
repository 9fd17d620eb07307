import { Injectable, UseInterceptors } from '@nestjs/common';
import { Context, Options, SlashCommand, type SlashCommandContext } from 'necord';

import { newId, type PlaylistId } from '../../../common/ids.js';
import { PlaylistsService } from '../../playlists/index.js';
import { DiscordAccounts, MusicQueues, type QueueEntry } from '../../voice/index.js';
import { AnswerInterceptor } from '../answering/answer.interceptor.js';
import { PublicAnswer } from '../answering/public-answer.decorator.js';
import type { Reply } from '../answering/reply.js';
import { CompletePlaylists } from './complete-playlists.interceptor.js';
import { Jukebox } from './jukebox.service.js';
import { PlayOptions } from './music.options.js';
import { NothingToPlayError } from './music.errors.js';
import { wordEntry, wordNowPlaying } from './music-words.js';
import { Rooms } from './rooms.service.js';
import { TrackSearch } from './track-search.service.js';

/** Starts and ends music. */
@Injectable()
@UseInterceptors(AnswerInterceptor)
export class PlaybackCommands {
  constructor(
    private readonly jukebox: Jukebox,
    private readonly rooms: Rooms,
    private readonly search: TrackSearch,
    private readonly queues: MusicQueues,
    private readonly accounts: DiscordAccounts,
    private readonly playlists: PlaylistsService,
  ) {}

  @SlashCommand({ name: 'play', description: 'Play a song, a link or one of your playlists' })
  @PublicAnswer(true)
  @UseInterceptors(CompletePlaylists)
  async play(@Context() [interaction]: SlashCommandContext, @Options() options: PlayOptions): Promise<Reply> {
    const room = await this.rooms.enter(interaction);
    const entries = await this.entriesFor(interaction.user.id, options);
    const place = await this.jukebox.play(room, entries);
    const [first] = entries;
    const what = first && entries.length === 1 ? wordEntry(first) : `${entries.length} tracks`;
    return { content: place === 0 ? `Playing ${what}.` : `Added ${what} at place ${place} of the queue.` };
  }

  @SlashCommand({ name: 'nowplaying', description: 'Show what plays' })
  async nowPlaying(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const queue = await this.queues.require(interaction.guildId ?? '');
    const states = [...(interaction.guild?.voiceStates.cache.values() ?? [])];
    const heard = states.filter(
      ({ channelId, deaf, member }) => channelId === queue.voiceChannelId && deaf !== true && !member?.user.bot,
    );
    return { content: wordNowPlaying(queue, heard.length) };
  }

  @SlashCommand({ name: 'stop', description: 'End the music and forget the queue' })
  @PublicAnswer(true)
  async stop(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    return this.end(interaction, 'The music is over, and the queue is empty.');
  }

  @SlashCommand({ name: 'leave', description: 'Send the bot out of the voice channel' })
  @PublicAnswer(true)
  async leave(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    return this.end(interaction, 'Goodbye.');
  }

  private async end(interaction: SlashCommandContext[0], content: string): Promise<Reply> {
    const { guildId } = await this.rooms.enterAsDj(interaction);
    await this.queues.require(guildId);
    await this.jukebox.leave(guildId);
    return { content };
  }

  private async entriesFor(discordUserId: string, { query, playlist }: PlayOptions): Promise<QueueEntry[]> {
    if (playlist) {
      return this.entriesOf(discordUserId, playlist as PlaylistId);
    }
    if (!query) {
      throw new NothingToPlayError();
    }
    return this.search.find(query, discordUserId);
  }

  /** @throws PlaylistNotFoundError, also for someone else's */
  private async entriesOf(discordUserId: string, playlistId: PlaylistId): Promise<QueueEntry[]> {
    const userId = await this.accounts.requireUserId(discordUserId);
    const { tracks } = await this.playlists.requireOwned(userId, playlistId);
    return tracks.map(({ artist, title, album, durationSeconds }) => ({
      ...{ id: newId(), encoded: null, artist, title, album, durationSeconds },
      uri: null,
      requestedBy: discordUserId,
    }));
  }
}
