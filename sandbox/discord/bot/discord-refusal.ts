/** An error as Discord answers it. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export class DiscordRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: readonly string[],
  ) {
    super(message);
  }

  get body(): object {
    return { message: this.message, code: this.code, ...(this.errors && { errors: { _errors: this.errors } }) };
  }
}

export const unknownInteraction = (): DiscordRefusal => new DiscordRefusal(404, 10062, 'Unknown interaction');
export const unknownWebhook = (): DiscordRefusal => new DiscordRefusal(404, 10015, 'Unknown Webhook');
export const unknownMessage = (): DiscordRefusal => new DiscordRefusal(404, 10008, 'Unknown Message');
export const unknownChannel = (): DiscordRefusal => new DiscordRefusal(404, 10003, 'Unknown Channel');
export const alreadyAnswered = (): DiscordRefusal =>
  new DiscordRefusal(400, 40060, 'Interaction has already been acknowledged.');
