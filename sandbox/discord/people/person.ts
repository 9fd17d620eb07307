import type { BotDesk } from '../bot/bot-desk.js';
import { type Choice, type Command } from '../bot/command-form.js';
import { Interaction, type InteractionKind } from '../bot/interaction.js';
import type { Message } from '../bot/message.js';
import type { Gateway } from '../gateway/gateway.js';
import { type Guild, type Member, memberJson } from '../world/guild.js';
import { Answer } from './answer.js';
import { calledOptions } from './command-call.js';
import { until } from './until.js';

const INTERACTION_TYPE: Record<InteractionKind, number> = { command: 2, component: 3, autocomplete: 4 };
const BUTTON = 2;

interface Surroundings {
  readonly desk: BotDesk;
  readonly gateway: Gateway;
  readonly now: () => Date;
}

/** Somebody in a server, at their Discord client. */
export class Person {
  constructor(
    private readonly around: Surroundings,
    private readonly guild: Guild,
    private readonly member: Member,
  ) {}

  get id(): string {
    return this.member.user.id;
  }

  get name(): string {
    return this.member.user.username;
  }

  /** Uses a command, such as `lastfm auth`. Rejects when Discord's client would not let them. */
  async run(line: string, options: Record<string, string | number | boolean> = {}): Promise<Answer> {
    const [name = '', ...path] = line.split(' ');
    const command = await this.requireCommand(name);
    const data = { id: command.id, name, type: 1, guild_id: this.guild.id };
    const interaction = this.interact('command', { ...data, options: calledOptions(command, path, options) });
    return Answer.to(this.around.desk, interaction, `/${line}`, null);
  }

  /** Types into an option that completes itself. @returns what is offered */
  async type(line: string, options: Record<string, string>, focused: string): Promise<Choice[]> {
    const [name = '', ...path] = line.split(' ');
    const command = await this.requireCommand(name);
    const data = { id: command.id, name, type: 1, guild_id: this.guild.id };
    const called = calledOptions(command, path, options, focused);
    const interaction = this.interact('autocomplete', { ...data, options: called });
    return until(this.around.desk, () => interaction.choices, `complete "${options[focused] ?? ''}"`);
  }

  /** Presses the button with this label. */
  async press(message: Message, label: string): Promise<Answer> {
    const button = message.buttons.find((each) => each.label === label && each.customId !== null && !each.isDisabled);
    if (!button) {
      throw new Error(`There is no button "${label}" to press in: ${message.text}`);
    }
    const data = { custom_id: button.customId, component_type: BUTTON };
    const interaction = this.interact('component', data, message);
    return Answer.to(this.around.desk, interaction, `"${label}"`, message);
  }

  joinsVoice(channelName?: string): void {
    this.changeVoice({ channelId: this.guild.requireChannel('voice', channelName).id });
  }

  leavesVoice(): void {
    this.changeVoice({ channelId: null });
  }

  /** A moderator throws the bot out of its voice channel. */
  throwsTheBotOut(): void {
    const { desk, gateway } = this.around;
    const bot = desk.world.requireMember(this.guild.id, desk.world.bot.id);
    if (bot.voice) {
      gateway.voice.change(this.guild, bot, { channelId: null });
    }
  }

  deafens(isSelfDeafened = true): void {
    this.changeVoice({ isSelfDeafened });
  }

  /** The server's moderators do it to them. */
  isDeafened(isDeafened = true): void {
    this.changeVoice({ isDeafened });
  }

  /** What the bot has written to them alone, oldest first. */
  get mail(): Message[] {
    const { desk } = this.around;
    return desk.board.in(desk.world.conversationWith(this.member.user).channelId);
  }

  private changeVoice(change: Parameters<Gateway['voice']['change']>[2]): void {
    this.around.gateway.voice.change(this.guild, this.member, change);
  }

  private async requireCommand(name: string): Promise<Command & { id: string }> {
    const { desk } = this.around;
    const command = await until(desk, () => desk.findCommand(this.guild.id, name), `register /${name}`);
    const needed = BigInt(command.default_member_permissions ?? 0);
    if ((this.guild.permissionsOf(this.member) & needed) !== needed) {
      throw new Error(`${this.name} does not see /${name}.`);
    }
    return command;
  }

  private interact(kind: InteractionKind, data: object, source: Message | null = null): Interaction {
    const { desk, gateway, now } = this.around;
    const channel = this.guild.requireChannel('text');
    const interaction = new Interaction(desk.world, now, kind, channel.id, source);
    desk.add(interaction);
    const permissions = String(this.guild.permissionsOf(this.member));
    gateway.dispatch(
      'INTERACTION_CREATE',
      {
        id: interaction.id,
        token: interaction.token,
        application_id: desk.world.applicationId,
        type: INTERACTION_TYPE[kind],
        version: 1,
        guild_id: this.guild.id,
        guild: { id: this.guild.id, features: [], locale: 'en-US' },
        guild_locale: 'en-US',
        locale: 'en-US',
        channel_id: channel.id,
        channel: this.guild.channelJson(channel),
        member: { ...memberJson(this.member), permissions },
        app_permissions: String(this.guild.permissionsOf(desk.world.requireMember(this.guild.id, desk.world.bot.id))),
        entitlements: [],
        authorizing_integration_owners: { 0: this.guild.id },
        context: 0,
        attachment_size_limit: 10_485_760,
        ...(source && { message: source.toJson() }),
        data,
      },
      this.guild.id,
    );
    return interaction;
  }
}
