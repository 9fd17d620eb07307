import type { Exclusion } from '../decisions/decision-reason.js';
import type { VoiceConsent } from './voice-consent.entity.js';

export type Choice = Pick<VoiceConsent, 'guildId' | 'channelId' | 'isAllowed' | 'until'>;

export interface Place {
  guildId: string;
  channelId: string;
}

/**
 * Why a user who has made these choices wants nothing from a place; null: they do. "Not tonight" goes before everything;
 * otherwise the channel's choice counts before the server's.
 */
export function refusalAt(choices: readonly Choice[], place: Place, now: Date): Exclusion | null {
  const current = choices.filter(({ until }) => until === null || until > now);
  const choiceFor = (guildId: string, channelId: string): Choice | undefined =>
    current.find((choice) => choice.guildId === guildId && choice.channelId === channelId);
  if (choiceFor('', '')?.isAllowed === false) {
    return 'not_tonight';
  }
  const choice = choiceFor(place.guildId, place.channelId) ?? choiceFor(place.guildId, '');
  return choice?.isAllowed === false ? 'not_allowed_here' : null;
}
