import type { World } from '../world/world.js';
import { unknownChannel, unknownMessage } from './discord-refusal.js';
import { Message } from './message.js';
import type { MessageFields } from './message-form.js';

/** The messages of the bot that everybody in a channel can read. */
export class MessageBoard {
  private messages: Message[] = [];

  constructor(
    private readonly world: World,
    private readonly changed: () => void,
  ) {}

  /** @throws DiscordRefusal */
  post(channelId: string, fields: MessageFields): Message {
    if (!this.world.findPlace(channelId)) {
      throw unknownChannel();
    }
    const message = new Message(this.world, channelId, fields, false);
    this.add(message);
    return message;
  }

  /** An answer to a command stands in its channel as well. */
  add(message: Message): void {
    this.messages.push(message);
    this.changed();
  }

  edit(channelId: string, messageId: string, fields: MessageFields): Message {
    const message = this.require(channelId, messageId);
    message.edit(fields);
    this.changed();
    return message;
  }

  delete(channelId: string, messageId: string): void {
    this.require(channelId, messageId).isDeleted = true;
    this.changed();
  }

  require(channelId: string, messageId: string): Message {
    const message = this.in(channelId).find(({ id }) => id === messageId);
    if (!message) {
      throw unknownMessage();
    }
    return message;
  }

  /** Oldest first. */
  in(channelId: string): Message[] {
    return this.messages.filter((message) => message.channelId === channelId && !message.isDeleted);
  }

  forget(): void {
    this.messages = [];
  }
}
