import type { World } from '../world/world.js';
import { type Command, commandsForm } from './command-form.js';
import { DiscordRefusal, unknownInteraction, unknownWebhook } from './discord-refusal.js';
import type { Interaction } from './interaction.js';
import { readForm } from './invalid-form.js';
import type { Message } from './message.js';
import { MessageBoard } from './message-board.js';

/** What the application has told Discord: its commands, answers and messages; and what Discord would not have taken. */
export class BotDesk {
  /** One sentence for each request that was refused. A bot that behaves leaves it empty. */
  readonly refusals: string[] = [];
  readonly board: MessageBoard;
  /** How often the bot asked for patience. */
  deferrals = 0;
  private readonly commands = new Map<string, Array<Command & { id: string }>>();
  private interactions: Interaction[] = [];
  private watchers = new Set<() => void>();

  constructor(readonly world: World) {
    this.board = new MessageBoard(world, () => {
      this.changed();
    });
  }

  /** @param guildId null: everywhere. What has the same name as before keeps its id. @throws DiscordRefusal */
  overwriteCommands(guildId: string | null, body: unknown): Array<{ name: string }> {
    const key = guildId ?? '';
    const before = this.commands.get(key) ?? [];
    const commands = readForm(commandsForm, body).map((command) => {
      const id = before.find(({ name }) => name === command.name)?.id ?? this.world.ids.next();
      return { ...command, id };
    });
    this.commands.set(key, commands);
    this.changed();
    return this.listCommands(guildId);
  }

  listCommands(guildId: string | null): Array<{ name: string }> {
    const version = { application_id: this.world.applicationId, version: '1', type: 1 };
    const where = guildId === null ? {} : { guild_id: guildId };
    return (this.commands.get(guildId ?? '') ?? []).map((command) => ({ ...version, ...where, ...command }));
  }

  /** As a person in this server sees it; a server's own one comes first. */
  findCommand(guildId: string | null, name: string): (Command & { id: string }) | null {
    const lists = [guildId === null ? [] : (this.commands.get(guildId) ?? []), this.commands.get('') ?? []];
    return lists.flat().find((command) => command.name === name) ?? null;
  }

  add(interaction: Interaction): void {
    this.interactions.push(interaction);
  }

  /** @throws DiscordRefusal */
  acknowledge(id: string, token: string, body: unknown): { interaction: Interaction; message: Message | null } {
    const interaction = this.interactions.find((each) => each.id === id && each.token === token);
    if (!interaction) {
      throw unknownInteraction();
    }
    const message = interaction.acknowledge(body);
    this.deferrals += interaction.isDeferred ? 1 : 0;
    this.show(interaction, message);
    return { interaction, message };
  }

  followUp(token: string, body: unknown): Message {
    const interaction = this.requireByToken(token);
    const message = interaction.followUp(body);
    this.show(interaction, message);
    return message;
  }

  edit(token: string, messageId: string, body: unknown): Message {
    const interaction = this.requireByToken(token);
    const message = interaction.edit(messageId, body);
    this.show(interaction, message);
    return message;
  }

  delete(token: string, messageId: string): void {
    this.requireByToken(token).delete(messageId);
    this.changed();
  }

  /** @throws DiscordRefusal */
  requireByToken(token: string): Interaction {
    const interaction = this.interactions.find((each) => each.token === token);
    if (!interaction) {
      throw unknownWebhook();
    }
    return interaction;
  }

  refuse(what: string, refusal: unknown): DiscordRefusal {
    const known =
      refusal instanceof DiscordRefusal ? refusal : new DiscordRefusal(400, 50035, (refusal as Error).message);
    this.refusals.push([`${what}: ${known.message}`, ...(known.errors ?? [])].join('; '));
    this.changed();
    return known;
  }

  /** Calls back after each change, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  forget(): void {
    this.interactions = [];
    this.refusals.length = 0;
    this.deferrals = 0;
    this.board.forget();
  }

  private show(interaction: Interaction, message: Message | null): void {
    const isNew = message !== null && interaction.messages.includes(message);
    if (isNew && !message.isEphemeral && !this.board.in(message.channelId).includes(message)) {
      this.board.add(message);
    }
    this.changed();
  }

  /** Lets whoever waits look again. */
  changed(): void {
    [...this.watchers].forEach((watcher) => {
      watcher();
    });
  }
}
