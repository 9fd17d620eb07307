/** How fast a run goes: a track every so many minutes, or each for as long as it lasts. */
export type Pace = { kind: 'interval'; minutes: number } | { kind: 'realtime' };

/** What a track without a known length is taken to last. */
export const ASSUMED_TRACK_SECONDS = 210;

/** What the planner has to know of a track. */
export interface PacedTrack {
  durationSeconds: number | null;
}

const after = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000);

const lengthOf = ({ durationSeconds }: PacedTrack): number => Math.max(1, durationSeconds ?? ASSUMED_TRACK_SECONDS);

/** When a play that starts then may be scrobbled: at an interval at once, in real time when the track has ended. */
export function dueAt(playAt: Date, track: PacedTrack, pace: Pace): Date {
  return pace.kind === 'interval' ? playAt : after(playAt, lengthOf(track));
}

/** When the play after this one starts. Always at least a second later: no two plays of a run share one. */
export function nextPlayAt(playAt: Date, track: PacedTrack, pace: Pace): Date {
  return after(playAt, pace.kind === 'interval' ? pace.minutes * 60 : lengthOf(track));
}

/** When the next play starts of a run that stood still: at an interval not before the last one's time is over. */
export function resumedPlayAt(moment: Date, lastPlayedAt: Date | null, pace: Pace): Date {
  const free = lastPlayedAt ? after(lastPlayedAt, pace.kind === 'interval' ? pace.minutes * 60 : 1) : moment;
  return wholeSecond(free > moment ? free : moment);
}

/** The first whole second at or after this moment: Last.fm counts in seconds. */
export function wholeSecond(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 1000) * 1000);
}
