import { NecordModule } from 'necord';

/** Necord's module, except for signing in: it would let the whole application wait for Discord, and fail with it. */
export class NecordConnectionModule extends NecordModule {
  /** `BotConnection` signs in. */
  override onApplicationBootstrap(): Promise<string> {
    return Promise.resolve('');
  }
}
