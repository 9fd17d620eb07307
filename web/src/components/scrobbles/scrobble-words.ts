import type { Scrobble, ScrobbleState } from '../../api/models';
import { texts } from '../../texts';
import { formatMoment } from '../../ui/format';
import type { Tone } from '../../ui/status-label';
import { isMissing } from './scrobble-standing';

const words = texts.scrobble;

const SCROBBLE_TONES: Record<ScrobbleState, Tone> = {
  queued: 'busy',
  sending: 'busy',
  held: 'waiting',
  accepted: 'good',
  ignored: 'bad',
  failed: 'bad',
  expired: 'bad',
  duplicate: 'quiet',
  cancelled: 'quiet',
  archived: 'quiet',
};

/** Its state as a person needs it: what Last.fm took and does not show is no success. */
export function standingOf(scrobble: Scrobble): { tone: Tone; label: string } {
  return isMissing(scrobble)
    ? { tone: 'bad', label: words.missing }
    : { tone: SCROBBLE_TONES[scrobble.state], label: words.states[scrobble.state] };
}

/** Why it stands where it stands, as a sentence; null where there is nothing to explain. */
export function reasonWords(scrobble: Scrobble): string | null {
  const { reason, missingSince } = scrobble;
  if (isMissing(scrobble) && missingSince !== null) {
    return words.missingReason(formatMoment(missingSince));
  }
  return reason === null ? null : words.reasons[reason];
}

/** What there is to say of one without a reason. */
export function plainWords({ state }: Scrobble): string {
  return state === 'accepted' ? words.acceptedReason : words.noReason;
}
