import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import type { Playlist } from '../api/models';
import { playlistQuery } from '../api/queries';
import { Loaded } from '../components/loaded';
import { PlaylistActions } from '../components/playlists/playlist-actions';
import { TrackEditor } from '../components/playlists/track-editor';
import { texts } from '../texts';
import { formatDuration } from '../ui/format';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';

export function PlaylistPage() {
  const { playlistId } = useParams({ from: '/member/playlists/$playlistId' });
  const playlist = useQuery(playlistQuery(playlistId));
  return (
    <Loaded query={playlist} skeleton={<LineSkeletons count={9} label={texts.common.loading} />}>
      {(loaded) => (
        <>
          <PageHeader
            title={loaded.title}
            tabTitle={texts.common.pageTitle(loaded.title)}
            lead={subtitle(loaded)}
            actions={<PlaylistActions playlist={loaded} />}
          />
          <TrackEditor key={loaded.id} playlist={loaded} />
        </>
      )}
    </Loaded>
  );
}

function subtitle({ trackCount, durationSeconds, source }: Playlist): string {
  const length = durationSeconds > 0 ? [formatDuration(durationSeconds)] : [];
  return [texts.common.tracks(trackCount), ...length, texts.playlists.sources[source.kind]].join(' · ');
}
