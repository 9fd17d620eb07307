export const search = {
  label: 'Search',
  hint: 'In your playlists and at the platforms. Or type the names below.',
  results: 'Found tracks',
  searching: 'Searching',
  nothing: 'Nothing found. Try fewer words, or type the names below.',
  failed: 'The search did not work. Try again, or type the names below.',
  platforms: { playlists: 'Your playlists', spotify: 'Spotify', deezer: 'Deezer', lastfm: 'Last.fm' },
  states: {
    failed: (platform: string) => `${platform}: could not be asked.`,
    timed_out: (platform: string) => `${platform}: did not answer in time.`,
  },
} as const;
