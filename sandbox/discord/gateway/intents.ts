/** @see https://discord.com/developers/docs/events/gateway#gateway-intents */
const GUILDS = 1 << 0;
const GUILD_VOICE_STATES = 1 << 7;
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const ALL = (1 << 26) - 1;

/** Events that come only to who asked for them; others come always. */
const NEEDED: Record<string, number> = {
  GUILD_CREATE: GUILDS,
  GUILD_DELETE: GUILDS,
  VOICE_STATE_UPDATE: GUILD_VOICE_STATES,
};

export function isWanted(event: string, intents: number): boolean {
  const needed = NEEDED[event] ?? 0;
  return (intents & needed) === needed;
}

/** The close code for intents that Discord refuses: unknown bits, or privileged ones that nobody has switched on. */
export function refusalOfIntents(intents: unknown): number | null {
  if (typeof intents !== 'number' || !Number.isInteger(intents) || intents < 0 || intents > ALL) {
    return 4013;
  }
  return (intents & PRIVILEGED) === 0 ? null : 4014;
}
