/** An error as Lavalink answers it. @see https://lavalink.dev/api/rest#error-responses */
export class LavalinkRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
