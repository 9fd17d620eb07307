import type { Outcome } from '../threshold/replay.js';

/** Why a listener is left out before anything is heard, or at the threshold although everything was. */
const EXCLUSIONS = [
  'not_linked',
  'linked_during',
  'disabled',
  'channel_off',
  'not_tonight',
  'not_allowed_here',
  'not_this_track',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

const OUTCOMES = [
  'listening',
  'scrobbled',
  'left_before_threshold',
  'returned',
  'deafened',
  'joined_late',
  'track_too_short',
  'track_ended_early',
  'bot_disconnected',
  'node_failed',
  'player_silent',
] as const satisfies readonly Outcome[];

export const DECISION_REASONS = [...OUTCOMES, ...EXCLUSIONS] as const;
/** Why a playback was or was not scrobbled for a listener: stable words that programs may rely on. */
export type DecisionReason = (typeof DECISION_REASONS)[number];

const SENTENCES: Record<DecisionReason, string> = {
  listening: 'Still playing: stay until enough of it has been heard.',
  scrobbled: 'Scrobbled.',
  left_before_threshold: 'You left the channel before enough of it had played.',
  returned: 'You left the channel and came back. Only who stays from the start counts.',
  deafened: 'You were deafened, so you did not hear it from the start.',
  joined_late: 'You joined after the track had started.',
  track_too_short: 'The track is 30 seconds or shorter. This server counts longer ones only.',
  track_ended_early: 'The track ended before enough of it had played.',
  bot_disconnected: 'The bot lost its connection to the channel before enough had played.',
  node_failed: 'The music broke off before enough of it had played.',
  player_silent: 'The bot went silent, so nobody knows whether you heard enough.',
  not_linked: 'No Last.fm account was linked. Link one, and the next track counts.',
  linked_during: 'You linked Last.fm while the track was playing. The next one counts.',
  disabled: 'You have switched scrobbling off.',
  channel_off: 'This server does not scrobble from this channel.',
  not_tonight: 'You chose “not tonight”.',
  not_allowed_here: 'You have switched scrobbling off for this server or channel.',
  not_this_track: 'You chose not to scrobble this track.',
};

/** What to tell the listener. */
export function sentenceOf(reason: DecisionReason): string {
  return SENTENCES[reason];
}

export function isExclusion(reason: DecisionReason): reason is Exclusion {
  return (EXCLUSIONS as readonly string[]).includes(reason);
}
