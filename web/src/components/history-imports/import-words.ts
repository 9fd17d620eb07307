import type { ScrobbleImport } from '../../api/models';
import type { Tone } from '../../ui/status-label';

export const IMPORT_TONES: Record<ScrobbleImport['state'], Tone> = {
  reading: 'busy',
  ready: 'waiting',
  importing: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  undoing: 'busy',
  undone: 'quiet',
};
