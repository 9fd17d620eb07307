import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';

import { platformsQuery, spotifyPlaylistsQuery } from '../../api/queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Loaded } from '../loaded';
import { ConnectSpotify, SpotifyOutcome } from '../platforms/connect-spotify';
import { SpotifyChoice } from './spotify-choice';

/** One's own playlists at Spotify, or what has to be done to see them. */
export function SpotifyImport() {
  const platforms = useQuery(platformsQuery);
  const outcome = useSearch({ from: '/member/playlists/import' });
  return (
    <Stack>
      <SpotifyOutcome {...outcome} />
      <Loaded query={platforms} skeleton={<LineSkeletons count={4} label={texts.common.loading} />}>
        {({ items }) => {
          const spotify = items.find(({ platform }) => platform === 'spotify');
          return spotify?.state === 'connected' ? (
            <OwnPlaylists />
          ) : (
            <>
              <Text size="sm">{spotify?.state === 'not_connected' ? texts.platforms.why : spotify?.hint}</Text>
              {spotify?.state !== 'not_configured' && (
                <ConnectSpotify from="import" isAgain={spotify?.state === 'expired'} />
              )}
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function OwnPlaylists() {
  const playlists = useQuery(spotifyPlaylistsQuery);
  return (
    <Loaded query={playlists} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
      {(list) => <SpotifyChoice list={list} />}
    </Loaded>
  );
}
