import type { BotDesk } from '../bot/bot-desk.js';
import type { Interaction } from '../bot/interaction.js';
import type { Message } from '../bot/message.js';
import { until } from './until.js';

/** What a person sees after they used a command or pressed a button. */
export class Answer {
  private constructor(
    private readonly desk: BotDesk,
    private readonly interaction: Interaction,
    /** The message pressed, where its button changed it in place of an answer. */
    private readonly source: Message | null,
  ) {}

  /** Resolves when there is something to read. */
  static async to(desk: BotDesk, interaction: Interaction, what: string, source: Message | null): Promise<Answer> {
    const answer = new Answer(desk, interaction, source);
    const isThere = (): true | null =>
      interaction.messages.length > 0 || (source && interaction.isAcknowledged && !interaction.isDeferred)
        ? true
        : null;
    await until(desk, isThere, `answer ${what}`);
    return answer;
  }

  /** The newest message, or the one whose button was pressed. */
  get message(): Message {
    const message = this.interaction.messages.at(-1) ?? this.source;
    if (!message) {
      throw new Error('There is no message.');
    }
    return message;
  }

  get text(): string {
    return this.message.text;
  }

  get isEphemeral(): boolean {
    return this.message.isEphemeral;
  }

  /** Everything the person can read, oldest first. */
  get texts(): string[] {
    return this.interaction.messages.map(({ text }) => text);
  }

  get links(): string[] {
    return this.interaction.messages.flatMap(({ buttons }) => buttons.flatMap(({ url }) => url ?? []));
  }

  /** Where the link button with this label leads. */
  link(label: string): string {
    const button = this.message.buttons.find((each) => each.label === label && each.url !== null);
    if (!button?.url) {
      throw new Error(`There is no link "${label}" in: ${this.text}`);
    }
    return button.url;
  }

  /** Resolves when one of its messages says this. */
  async says(text: string): Promise<Message> {
    return until(
      this.desk,
      () => this.interaction.messages.find((message) => message.text.includes(text)) ?? null,
      `say "${text}"`,
    );
  }
}
