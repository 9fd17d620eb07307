import { recentTracksReply, scrobbleReply } from './replies.js';

const name = (text: string, corrected = '0') => ({ corrected, '#text': text });
const scrobble = (change: object = {}) => ({
  artist: name('Low'),
  track: name('Words'),
  album: name(''),
  albumArtist: name(''),
  ignoredMessage: { code: '0', '#text': '' },
  timestamp: '1688169544',
  ...change,
});
const reply = (content: unknown) => ({ scrobbles: { scrobble: content, '@attr': { accepted: 1, ignored: 0 } } });

describe('the answer to track.scrobble', () => {
  it.each([
    { form: 'an object for one', content: scrobble(), count: 1 },
    { form: 'an array for several', content: [scrobble(), scrobble()], count: 2 },
    { form: 'an empty array for none', content: [], count: 0 },
    { form: 'an empty text for none', content: '', count: 0 },
    { form: 'nothing for none', content: undefined, count: 0 },
  ])('may be $form', ({ content, count }) => {
    expect(scrobbleReply.parse(reply(content)).scrobbles.scrobble).toHaveLength(count);
  });

  it.each([0, '0', 5, '5', 91, '91'])('may give its codes as %j', (code) => {
    const [read] = scrobbleReply.parse(reply(scrobble({ ignoredMessage: { code, '#text': '' } }))).scrobbles.scrobble;
    expect(read?.ignoredMessage.code).toBe(Number(code));
  });

  it.each([[''], [null], [true], [[]], ['zero'], ['-1'], [undefined]])('is not understood with the code %j', (code) => {
    expect(scrobbleReply.safeParse(reply(scrobble({ ignoredMessage: { code } }))).success).toBe(false);
  });

  it('is not understood without a verdict', () => {
    expect(scrobbleReply.safeParse(reply(scrobble({ ignoredMessage: undefined }))).success).toBe(false);
  });

  it.each([
    { album: undefined, form: 'left out' },
    { album: { corrected: '0' }, form: 'without a text' },
    { album: { corrected: '0', '#text': '' }, form: 'empty' },
    { album: '', form: 'a bare text' },
  ])('may have the album $form', ({ album }) => {
    const [read] = scrobbleReply.parse(reply(scrobble({ album }))).scrobbles.scrobble;
    expect(read?.album).toEqual({ corrected: '0', '#text': '' });
  });

  it.each([1_688_169_544, '1688169544'])('may give the time as %j', (timestamp) => {
    const [read] = scrobbleReply.parse(reply(scrobble({ timestamp }))).scrobbles.scrobble;
    expect(read?.timestamp).toBe(1_688_169_544);
  });
});

describe('the answer to user.getRecentTracks', () => {
  const track = { name: 'Words', artist: { '#text': 'Low' }, date: { uts: '1688169544', '#text': '' } };
  const playing = { name: 'Now', artist: { '#text': 'Low' }, '@attr': { nowplaying: 'true' } };

  it.each([
    { form: 'an object for one', content: track, count: 1 },
    { form: 'an array for several', content: [playing, track], count: 2 },
    { form: 'an empty array for none', content: [], count: 0 },
  ])('may be $form', ({ content, count }) => {
    const read = recentTracksReply.parse({ recenttracks: { track: content, '@attr': { totalPages: '3' } } });
    expect(read.recenttracks.track).toHaveLength(count);
    expect(read.recenttracks['@attr'].totalPages).toBe(3);
  });
});
