/** @see https://discord.com/developers/docs/topics/permissions */
export const MANAGE_GUILD = 1n << 5n;
const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const EMBED_LINKS = 1n << 14n;
const CONNECT = 1n << 20n;
const SPEAK = 1n << 21n;
const USE_COMMANDS = 1n << 31n;

export const MEMBER_PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | CONNECT | SPEAK | USE_COMMANDS;
export const ALL_PERMISSIONS = (1n << 50n) - 1n;
