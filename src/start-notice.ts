import type { AppConfig } from './config/app-config.js';
import type { DemoAccount } from './demo-account.js';

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
  if (config.has('bot') && !config.discord.bot) {
    lines.push('  OFF: the Discord bot. Set DISCORD_TOKEN (docs/discord.md) and start again.', '');
  } else if (config.has('bot') && config.lavalinkNodes.length === 0) {
    lines.push('  OFF: music in Discord. Set LAVALINK_NODES (docs/discord.md) and start again.', '');
  }
  return `${lines.join('\n')}\n`;
}
