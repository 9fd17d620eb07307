import { IntegerOption, StringOption } from 'necord';

import { LOOPS, type Loop } from '../../voice/index.js';

const LONGEST_QUERY = 500;
const LOUDEST = 200;

export class PlayOptions {
  @StringOption({ name: 'query', description: 'Artist and title, or a link', max_length: LONGEST_QUERY })
  query: string | null;

  @StringOption({ name: 'playlist', description: 'One of your own playlists', autocomplete: true })
  playlist: string | null;
}

export class PlaceOption {
  @IntegerOption({ name: 'place', description: 'Its place in /queue', required: true, min_value: 1 })
  place: number;
}

export class MoveOptions {
  @IntegerOption({ name: 'from', description: 'Its place in /queue', required: true, min_value: 1 })
  from: number;

  @IntegerOption({ name: 'to', description: 'Its new place', required: true, min_value: 1 })
  to: number;
}

export class LoopOption {
  @StringOption({
    name: 'what',
    description: 'What is played again',
    required: true,
    choices: LOOPS.map((value) => ({ name: value, value })),
  })
  what: Loop;
}

export class SeekOption {
  @StringOption({ name: 'to', description: 'Such as 1:30', required: true, max_length: 10 })
  to: string;
}

export class VolumeOption {
  @IntegerOption({ name: 'percent', description: '100 is as usual', required: true, min_value: 0, max_value: LOUDEST })
  percent: number;
}
