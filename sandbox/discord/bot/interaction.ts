import { randomBytes } from 'node:crypto';

import type { World } from '../world/world.js';
import type { Choice } from './command-form.js';
import { alreadyAnswered, unknownInteraction, unknownMessage, unknownWebhook } from './discord-refusal.js';
import { readForm } from './invalid-form.js';
import { Message } from './message.js';
import { choicesForm, deferralForm, messageEditForm, messageForm, saysEphemeral } from './message-form.js';

/** Who does not answer in this time is too late: Discord has told the person so. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_LIFETIME_MS = 15 * 60_000;

const CALLBACK = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8 };

export type InteractionKind = 'command' | 'component' | 'autocomplete';

const ALLOWED: Record<InteractionKind, readonly number[]> = {
  command: [CALLBACK.message, CALLBACK.deferredMessage],
  component: [CALLBACK.message, CALLBACK.deferredMessage, CALLBACK.deferredUpdate, CALLBACK.update],
  autocomplete: [CALLBACK.choices],
};

/**
 * One thing a person did, and what the bot answered, within the rules that Discord has for it.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding
 */
export class Interaction {
  readonly id: string;
  readonly token = randomBytes(24).toString('base64url');
  /** What the person sees, oldest first; a deferral alone shows nothing. */
  readonly messages: Message[] = [];
  choices: Choice[] | null = null;
  isAcknowledged = false;
  private deferred: { isEphemeral: boolean } | null = null;
  private original: Message | null;
  private readonly startedAt: number;

  constructor(
    private readonly world: World,
    private readonly now: () => Date,
    readonly kind: InteractionKind,
    private readonly channelId: string,
    /** The message whose button was pressed. */
    private readonly source: Message | null,
  ) {
    this.id = world.ids.next();
    this.startedAt = now().getTime();
    this.original = source;
  }

  get isDeferred(): boolean {
    return this.deferred !== null;
  }

  /** The first answer. @throws DiscordRefusal */
  acknowledge(body: unknown): Message | null {
    if (this.age > FIRST_ANSWER_MS) {
      throw unknownInteraction();
    }
    if (this.isAcknowledged) {
      throw alreadyAnswered();
    }
    const { type, data } = (body ?? {}) as { type?: number; data?: unknown };
    if (type === undefined || !ALLOWED[this.kind].includes(type)) {
      throw new Error(`A ${this.kind} cannot be answered with type ${String(type)}.`);
    }
    const message = this.answer(type, data);
    this.isAcknowledged = true;
    return message;
  }

  /** A further message. After a deferral the first one takes its place. @throws DiscordRefusal */
  followUp(body: unknown): Message {
    this.requireToken();
    const fields = readForm(messageForm, body);
    const shown = this.deferred ? this.deferred.isEphemeral : saysEphemeral(fields);
    const message = new Message(this.world, this.channelId, fields, shown);
    if (this.deferred) {
      this.original = message;
      this.deferred = null;
    }
    this.messages.push(message);
    return message;
  }

  /** @param messageId `@original` is the first answer. @throws DiscordRefusal */
  edit(messageId: string, body: unknown): Message {
    this.requireToken();
    const fields = readForm(messageEditForm, body);
    if (messageId === '@original' && this.deferred) {
      return this.followUp({ ...fields, flags: null });
    }
    const message = this.require(messageId);
    message.edit(fields);
    return message;
  }

  delete(messageId: string): void {
    this.requireToken();
    this.require(messageId).isDeleted = true;
  }

  /** @throws DiscordRefusal */
  require(messageId: string): Message {
    const message = messageId === '@original' ? this.original : this.messages.find(({ id }) => id === messageId);
    if (!message || message.isDeleted) {
      throw unknownMessage();
    }
    return message;
  }

  private answer(type: number, data: unknown): Message | null {
    switch (type) {
      case CALLBACK.message: {
        const message = new Message(this.world, this.channelId, readForm(messageForm, data));
        this.original = message;
        this.messages.push(message);
        return message;
      }
      case CALLBACK.update: {
        this.source?.edit(readForm(messageEditForm, data));
        return this.source;
      }
      case CALLBACK.choices: {
        this.choices = readForm(choicesForm, data).choices;
        return null;
      }
      case CALLBACK.deferredMessage: {
        this.deferred = { isEphemeral: saysEphemeral(readForm(deferralForm, data) ?? {}) };
        return null;
      }
      default:
        return null;
    }
  }

  private requireToken(): void {
    if (!this.isAcknowledged || this.age > TOKEN_LIFETIME_MS) {
      throw unknownWebhook();
    }
  }

  private get age(): number {
    return this.now().getTime() - this.startedAt;
  }
}
