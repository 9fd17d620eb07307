import { AppConfig } from './config/app-config.js';
import { startNotice } from './start-notice.js';

const DISCORD = {
  DISCORD_TOKEN: 'token-of-the-test-0123456789',
  DISCORD_CLIENT_ID: '100000000000000001',
  DISCORD_CLIENT_SECRET: 'secret-of-the-test',
};

describe('what the start prints', () => {
  it('names what is switched off, and what to set for it', () => {
    const notice = startNotice(AppConfig.fromEnv({}), null);

    expect(notice).toContain('Open http://127.0.0.1:3000');
    expect(notice).toMatch(/Sign in with Discord +DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET/);
    expect(notice).toMatch(/Mail for forgotten passwords +SMTP_URL and MAIL_FROM/);
  });

  it('is silent about what is on', () => {
    const notice = startNotice(AppConfig.fromEnv(DISCORD), null);

    expect(notice).not.toMatch(/Sign in with Discord|The Discord bot/);
    expect(notice).toMatch(/Music in Discord +LAVALINK_NODES/);
    expect(notice).toContain('OIDC_CLIENT_ID');
  });
});
