import { Injectable, UseInterceptors } from '@nestjs/common';
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, time, TimestampStyles } from 'discord.js';
import {
  Button,
  type ButtonContext,
  Context,
  createCommandGroupDecorator,
  SlashCommand,
  type SlashCommandContext,
  Subcommand,
} from 'necord';

import { DiscordHandshakes } from '../../auth/index.js';
import { ScrobbleHistory } from '../../scrobbling/index.js';
import { DiscordAccounts, VoiceDecisions } from '../../voice/index.js';
import { AnswerInterceptor } from '../answering/answer.interceptor.js';
import type { Reply } from '../answering/reply.js';
import { wordAccount, wordDecisions, wordHistory } from './account-words.js';
import { LinkAnnouncements } from './link-announcements.service.js';

const LastfmCommand = createCommandGroupDecorator({ name: 'lastfm', description: 'Your Last.fm account' });

const AUTH = 'Link your Last.fm account';
const STATUS = 'Show how your Last.fm account is linked';
const TOGGLE = 'Switch the scrobbling of what plays in voice channels on or off';
const DISCONNECT = 'Disconnect your Last.fm account';
const HISTORY_LENGTH = 10;

const row = (button: ButtonBuilder): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(button);

/** A person's own account. The names with a hyphen are aliases that people know from other bots. */
@Injectable()
@LastfmCommand()
@UseInterceptors(AnswerInterceptor)
export class LastfmCommands {
  constructor(
    private readonly handshakes: DiscordHandshakes,
    private readonly accounts: DiscordAccounts,
    private readonly history: ScrobbleHistory,
    private readonly decisions: VoiceDecisions,
    private readonly announcements: LinkAnnouncements,
  ) {}

  @SlashCommand({ name: 'lastfm-auth', description: AUTH })
  @Subcommand({ name: 'auth', description: AUTH })
  async auth(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { id, displayName } = interaction.user;
    const { userId, url, expiresAt } = await this.handshakes.start(id, displayName);
    this.announcements.announceTo(userId, interaction);
    const link = new ButtonBuilder().setStyle(ButtonStyle.Link).setLabel('Link Last.fm').setURL(url);
    return {
      content: `Press the button and allow the access at Last.fm. The link is yours alone and works until ${time(expiresAt, TimestampStyles.ShortTime)}.`,
      components: [row(link)],
    };
  }

  @SlashCommand({ name: 'lastfm-status', description: STATUS })
  @Subcommand({ name: 'status', description: STATUS })
  async status(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { account, waiting } = await this.accounts.find(interaction.user.id);
    return { content: wordAccount(account, waiting) };
  }

  @SlashCommand({ name: 'lastfm-toggle', description: TOGGLE })
  @Subcommand({ name: 'toggle', description: TOGGLE })
  async toggle(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { account, waiting } = await this.accounts.toggle(interaction.user.id, undefined);
    return { content: wordAccount(account, waiting) };
  }

  @SlashCommand({ name: 'lastfm-disconnect', description: DISCONNECT })
  @Subcommand({ name: 'disconnect', description: DISCONNECT })
  async disconnect(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { account, waiting } = await this.accounts.find(interaction.user.id);
    const count = waiting.queued + waiting.held;
    const lost = count > 0 ? ` ${count} scrobbles that wait are cancelled.` : '';
    const button = new ButtonBuilder().setStyle(ButtonStyle.Danger).setLabel('Disconnect');
    return {
      content: `Nothing is scrobbled to ${account.username} any more once you press the button.${lost}`,
      components: [row(button.setCustomId('lastfm/disconnect'))],
    };
  }

  @Button('lastfm/disconnect')
  async confirmDisconnect(@Context() [interaction]: ButtonContext): Promise<Reply> {
    await this.accounts.disconnect(interaction.user.id);
    return { content: 'Your Last.fm account is disconnected, and our access to it is deleted.' };
  }

  @Subcommand({ name: 'history', description: 'Show your latest scrobbles and what became of them' })
  async latest(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const userId = await this.accounts.requireUserId(interaction.user.id);
    const { items } = await this.history.list(userId, { limit: HISTORY_LENGTH, offset: 0 });
    return { content: wordHistory(items) };
  }

  @Subcommand({ name: 'why', description: 'Show why what played in voice channels was or was not scrobbled' })
  async why(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const userId = await this.accounts.requireUserId(interaction.user.id);
    const { items } = await this.decisions.list(userId, { limit: HISTORY_LENGTH, offset: 0 });
    return { content: wordDecisions(items) };
  }
}
