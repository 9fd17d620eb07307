import { Button } from '@mantine/core';
import { IconPlaylist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import type { Playlist } from '../api/models';
import { playlistQuery } from '../api/queries';
import { Loaded } from '../components/loaded';
import { PlaylistActions } from '../components/playlists/playlist-actions';
import { TrackEditor } from '../components/playlists/track-editor';
import { TrackTable } from '../components/playlists/track-table';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { formatDuration } from '../ui/format';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.playlistPage;

export function PlaylistPage() {
  const { playlistId } = useParams({ from: '/member/playlists/$playlistId' });
  const playlist = useQuery(playlistQuery(playlistId));
  return (
    <Loaded query={playlist} skeleton={<LineSkeletons count={9} label={texts.common.loading} />}>
      {(loaded) => <Opened key={loaded.id} playlist={loaded} />}
    </Loaded>
  );
}

function Opened({ playlist }: { playlist: Playlist }) {
  const [isEditing, setIsEditing] = useState(false);
  const edit = () => {
    setIsEditing(true);
  };
  return (
    <>
      <PageHeader
        title={playlist.title}
        tabTitle={texts.common.pageTitle(playlist.title)}
        lead={subtitle(playlist)}
        actions={!isEditing && <PlaylistActions playlist={playlist} onEdit={edit} />}
      />
      {isEditing ? (
        <TrackEditor
          playlist={playlist}
          onDone={() => {
            setIsEditing(false);
          }}
        />
      ) : (
        <Tracks playlist={playlist} onEdit={edit} />
      )}
    </>
  );
}

function Tracks({ playlist, onEdit }: { playlist: Playlist; onEdit: () => void }) {
  const { page } = useSearch({ from: '/member/playlists/$playlistId' });
  const navigate = useNavigate({ from: paths.playlist });
  if (playlist.trackCount === 0) {
    return (
      <EmptyNote
        icon={<IconPlaylist />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={<Button onClick={onEdit}>{words.edit}</Button>}
      />
    );
  }
  return (
    <Panel title={words.tracksLabel}>
      <TrackTable
        tracks={playlist.tracks}
        page={page ?? 1}
        onPage={(next) => void navigate({ search: next === 1 ? {} : { page: next } })}
      />
    </Panel>
  );
}

function subtitle({ trackCount, durationSeconds, source }: Playlist): string {
  const length = durationSeconds > 0 ? [formatDuration(durationSeconds)] : [];
  return [texts.common.tracks(trackCount), ...length, texts.playlists.sources[source.kind]].join(' · ');
}
