import { createHash } from 'node:crypto';

const NAME = /^(?!.*\.\.)[a-z0-9_.]{2,32}$/;
const SMALLEST_ID = 100_000_000_000_000_000n;

/** What `GET /users/@me` tells with the scope `identify`. */
export interface DiscordUser {
  id: string;
  username: string;
  discriminator: string;
  global_name: string | null;
  avatar: string | null;
}

export const NAME_HINT =
  'Any name will do: 2 to 32 small letters, digits, _ and single dots. A new one makes a new user.';

export function isDiscordName(username: string): boolean {
  return NAME.test(username);
}

/** The same name is the same person for ever, also after a restart: the id follows from it. */
export function discordUser(username: string): DiscordUser {
  const digest = createHash('sha256').update(username).digest('hex').slice(0, 14);
  return {
    id: String(SMALLEST_ID + BigInt(`0x${digest}`)),
    username,
    discriminator: '0',
    global_name: username.charAt(0).toUpperCase() + username.slice(1),
    avatar: null,
  };
}
