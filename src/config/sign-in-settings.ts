import type { Environment } from './environment.js';

/** Replit's own sign-in, for whoever runs this there: only OIDC_CLIENT_ID has to be set. */
const REPLIT_ISSUER = 'https://replit.com/oidc';

/** No secrets: the stand-in for Discord takes nothing else. */
const SANDBOX_DISCORD = { clientId: '100000000000000001', clientSecret: 'sandbox-discord-client-secret' };
const SANDBOX_BOT_TOKEN = 'sandbox-discord-bot-token';

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** What people call the provider. */
  readonly label: string;
}

export interface DiscordConfig {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  /** Null: nobody signs in with Discord. */
  readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Null: no bot. With a guild id, that server alone gets the commands. */
  readonly bot: { readonly token: string; readonly guildId: string | undefined } | null;
}

export function oidcSettings(environment: Environment): OidcConfig | null {
  const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment;
  if (clientId === undefined) {
    return null;
  }
  const issuer = environment.OIDC_ISSUER ?? REPLIT_ISSUER;
  const label = environment.OIDC_LABEL ?? (issuer === REPLIT_ISSUER ? 'Replit' : new URL(issuer).host);
  return { issuer, clientId, clientSecret, label };
}

export function discordSettings(environment: Environment): DiscordConfig {
  const { DISCORD_CLIENT_ID: clientId, DISCORD_CLIENT_SECRET: clientSecret, SANDBOX } = environment;
  const apiUrl = environment.DISCORD_API_URL.replace(/\/+$/, '');
  const guildId = environment.DISCORD_GUILD_ID;
  if (SANDBOX.includes('discord')) {
    return { apiUrl, oauth: SANDBOX_DISCORD, bot: { token: SANDBOX_BOT_TOKEN, guildId } };
  }
  const token = environment.DISCORD_TOKEN;
  return {
    apiUrl,
    oauth: clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret },
    bot: token === undefined ? null : { token, guildId },
  };
}
