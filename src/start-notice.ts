import type { AppConfig } from './config/app-config.js';
import type { DemoAccount } from './demo-account.js';

interface Feature {
  /** What people can do with it. */
  what: string;
  isOn: (config: AppConfig) => boolean;
  /** What to set. */
  how: string;
}

/** What needs an account somewhere else, or a server, and therefore is off until somebody says where. */
const FEATURES: readonly Feature[] = [
  {
    what: 'Sign in with OpenID Connect',
    isOn: ({ oidc }) => oidc !== null,
    how: 'OIDC_CLIENT_ID (and OIDC_ISSUER, unless it is Replit)',
  },
  {
    what: 'Sign in with Discord',
    isOn: ({ discord }) => discord.oauth !== null,
    how: 'DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET, or SANDBOX=discord to try it out',
  },
  {
    what: 'Playlists from Spotify',
    isOn: ({ spotify }) => spotify.app !== null,
    how: 'SPOTIFY_CLIENT_ID, or SANDBOX=spotify to try it out',
  },
  {
    what: 'The Discord bot',
    // A process without that role has none to switch on.
    isOn: (config) => !config.has('bot') || config.discord.bot !== null,
    how: 'DISCORD_TOKEN, see docs/discord.md',
  },
  {
    what: 'Music in Discord',
    // Without a bot there is nobody to play it.
    isOn: (config) => !config.has('bot') || config.discord.bot === null || config.lavalinkNodes.length > 0,
    how: 'LAVALINK_NODES, see docs/discord.md',
  },
  {
    what: 'Mail for forgotten passwords',
    isOn: ({ mail }) => mail !== undefined,
    how: 'SMTP_URL and MAIL_FROM; until then: npm run cli -- users reset-password <e-mail>',
  },
  {
    what: 'Music bots of other people',
    isOn: ({ botApiKey }) => botApiKey !== undefined,
    how: 'BOT_API_KEY, or make a key as an administrator',
  },
];

/** What the start prints: one address, how to get in while in sandbox mode, and what is off and how to switch it on. */
export function startNotice(config: AppConfig, demo: DemoAccount | null): string {
  const lines = ['', `Universal Scrobbler is running. Open ${config.publicUrl}`, ''];
  if (demo) {
    lines.push(
      `  Sign in with   ${demo.email}`,
      `  Password       ${demo.password}`,
      '',
      '  SANDBOX: no scrobble reaches the real Last.fm. A stand-in for it answers on this machine',
      `  (${new URL(config.lastfm.authUrl).origin}). To use the real one, set LASTFM_API_KEY and LASTFM_API_SECRET`,
      '  (https://www.last.fm/api/account/create) and start again.',
      '',
    );
  }
  const off = FEATURES.filter(({ isOn }) => !isOn(config));
  if (off.length > 0) {
    lines.push('  Switched off (set the variable in .env and start again):');
    lines.push(...off.map(({ what, how }) => `    ${what.padEnd(28)} ${how}`), '');
  }
  return `${lines.join('\n')}\n`;
}
