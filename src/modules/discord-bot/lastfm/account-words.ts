import { escapeMarkdown, time, TimestampStyles } from 'discord.js';

import type { LastfmAccount, WaitingCounts } from '../../lastfm/index.js';
import type { DeliveryState, ScrobbleRecord } from '../../scrobbling/index.js';
import { type ExplainedDecision, sentenceOf } from '../../voice/index.js';

/** Ten of them fit into one message of Discord's. */
const LONGEST_TRACK = 90;

const STATE_WORDS: Record<DeliveryState, string> = {
  queued: 'waiting to be sent',
  held: 'waiting until your account is linked again',
  sending: 'on its way',
  accepted: 'scrobbled',
  ignored: 'ignored by Last.fm',
  failed: 'failed',
  expired: 'too old for Last.fm',
  duplicate: 'a duplicate',
  cancelled: 'cancelled',
  archived: 'ignored by Last.fm',
};

/** How the account stands, in a few sentences. */
export function wordAccount(account: LastfmAccount, { queued, held }: WaitingCounts): string {
  const name = escapeMarkdown(account.username);
  const lines = [
    account.state === 'linked'
      ? `Linked to **${name}** since ${time(account.linkedAt, TimestampStyles.LongDate)}.`
      : `Last.fm no longer accepts our access to **${name}**. Use /lastfm auth to link it again; nothing that waits is lost.`,
    account.scrobblingEnabled
      ? 'Scrobbling is on.'
      : 'Scrobbling is off: what plays in voice channels is not scrobbled. Use /lastfm toggle to switch it on.',
  ];
  if (queued + held > 0) {
    lines.push(`Waiting: ${queued + held}.`);
  }
  return lines.join('\n');
}

export function wordHistory(records: readonly ScrobbleRecord[]): string {
  if (records.length === 0) {
    return 'Nothing has been scrobbled yet.';
  }
  return records
    .map(({ artist, title, playedAt, state, verdictMessage }) => {
      const why = state === 'failed' && verdictMessage ? ` (${escapeMarkdown(verdictMessage)})` : '';
      const track = escapeMarkdown(`${artist} – ${title}`.slice(0, LONGEST_TRACK));
      return `${time(playedAt, TimestampStyles.RelativeTime)} ${track}: ${STATE_WORDS[state]}${why}`;
    })
    .join('\n');
}

/** What played where the person was, the latest first, and what became of it. */
export function wordDecisions(decisions: readonly ExplainedDecision[]): string {
  if (decisions.length === 0) {
    return 'Nothing has played in a voice channel while you were there.';
  }
  return decisions
    .map(({ artist, title, startedAt, reason }) => {
      const track = escapeMarkdown(`${artist} – ${title}`.slice(0, LONGEST_TRACK));
      return `${time(startedAt, TimestampStyles.RelativeTime)} ${track}: ${sentenceOf(reason)}`;
    })
    .join('\n');
}
