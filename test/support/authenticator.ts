import { TOTP } from 'otpauth';

import type { TestUser } from '../factories/factory.js';
import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

/** The app on a person's phone, which knows their secret and what time it is. */
export class Authenticator {
  private constructor(
    private readonly app: TestApp,
    readonly secret: string,
    readonly recoveryCodes: string[],
  ) {}

  /** Goes through the whole setting up in the user's browser; half a minute later codes of the app are fresh again. */
  static async setUp(app: TestApp, user: Pick<TestUser, 'browser' | 'password'>): Promise<Authenticator> {
    const { body: begun } = await user.browser.post('/me/second-factor', { currentPassword: user.password });
    const code = codeOf(begun.secret as string, app.clock.now());
    const { body } = await user.browser.post('/me/second-factor/confirm', { code });
    app.clock.advance({ seconds: 30 });
    return new Authenticator(app, begun.secret as string, body.recoveryCodes as string[]);
  }

  /** The code it shows now, or shows so many steps of 30 seconds away from now. */
  code(steps = 0): string {
    return codeOf(this.secret, new Date(this.app.clock.now().getTime() + steps * 30_000));
  }

  /** Not the code of now, nor one near it. */
  wrongCode(): string {
    const near = [-2, -1, 0, 1, 2].map((steps) => this.code(steps));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '';
  }

  /** Both steps of a sign-in in a new browser. */
  async signIn({ email, password }: Pick<TestUser, 'email' | 'password'>): Promise<TestClient> {
    const browser = this.app.browser();
    await browser.post('/auth/login', { email, password });
    await browser.post('/auth/login/second-factor', { code: this.code() });
    this.app.clock.advance({ seconds: 30 });
    return browser;
  }
}

export function codeOf(secret: string, at: Date): string {
  return new TOTP({ secret }).generate({ timestamp: at.getTime() });
}
