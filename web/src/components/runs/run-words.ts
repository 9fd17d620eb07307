import type { Pace, ScrobbleRun } from '../../api/models';
import { texts } from '../../texts';
import type { Tone } from '../../ui/status-label';

const words = texts.runs;

export const RUN_TONES: Record<ScrobbleRun['state'], Tone> = {
  running: 'good',
  paused: 'waiting',
  completed: 'quiet',
  stopped: 'quiet',
};

export const isActive = ({ state }: ScrobbleRun): boolean => state === 'running' || state === 'paused';

export const paceWords = (pace: Pace): string =>
  pace.kind === 'realtime' ? words.realtime : words.every(pace.minutes);

/** "every 3 minutes, shuffled, repeated" */
export function settingsWords({ pace, order, repeat }: ScrobbleRun): string {
  return [
    paceWords(pace),
    order === 'shuffle' ? words.shuffled : words.inOrder,
    ...(repeat ? [words.repeated] : []),
  ].join(', ');
}
