import { useMutation, useQueryClient } from '@tanstack/react-query';

import { editTracks, undoTracks } from '../../api/actions';
import type { EditedPlaylist, EditOperation, Playlist, PlaylistTrack } from '../../api/models';
import { hasCode } from '../../api/problem';
import { playlistQuery, queryKinds } from '../../api/queries';
import { texts } from '../../texts';
import { toastDone, toastNews, toastProblem, toastUndoable } from '../toasts';
import { preview } from './track-edits';

const words = texts.playlistEditor;

export interface Edit {
  operations: EditOperation[];
  /** What was done, for the toast; what came of it is known. */
  say: (edited: EditedPlaylist) => string;
  onDone?: (edited: EditedPlaylist) => void;
  onFailed?: () => void;
}

export interface TrackEdits {
  /** As they are, or will be in a moment. */
  tracks: readonly PlaylistTrack[];
  isBusy: boolean;
  /** One at a time. */
  edit: (edit: Edit) => void;
  undo: () => void;
}

/** Changes of the tracks that are made at once, each with a way back. One at a time, on the version that is shown. */
export function useTrackEdits(playlist: Playlist): TrackEdits {
  const { id } = playlist;
  const { show, onError } = useShownPlaylist(id);
  const meta = { changesNothing: true, showsProblemInline: true };
  const undoing = useMutation({
    mutationFn: (version: number) => undoTracks({ id, version }),
    meta,
    onSuccess: (changed) => {
      show(changed);
      toastDone(words.undone);
    },
    onError,
  });
  const editing = useMutation({
    mutationFn: ({ operations }: Edit) => editTracks({ id, version: playlist.version, operations }),
    meta,
    onSuccess: (edited, { say, onDone }) => {
      show(edited);
      onDone?.(edited);
      if (edited.version === playlist.version) {
        toastNews(say(edited));
        return;
      }
      // Taken back is this change and no later one: the version says which.
      toastUndoable(say(edited), () => {
        undoing.mutate(edited.version);
      });
    },
    onError: async (error, { onFailed }) => {
      onFailed?.();
      await onError(error);
    },
  });
  const isBusy = editing.isPending || undoing.isPending;
  return {
    tracks: editing.isPending ? preview(playlist.tracks, editing.variables.operations) : playlist.tracks,
    isBusy,
    edit: editing.mutate,
    undo: () => {
      undoing.mutate(playlist.version);
    },
  };
}

/** The playlist as the server has just answered it, shown without asking again; and what to do when it was not as shown. */
function useShownPlaylist(id: string) {
  const queryClient = useQueryClient();
  const { queryKey } = playlistQuery(id);
  return {
    show: (changed: Playlist) => {
      queryClient.setQueryData(queryKey, changed);
      // Lists count tracks as well.
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [kind, what, which] }) =>
          kind === queryKinds.playlists && !(what === 'one' && which === id),
      });
    },
    onError: async (error: unknown) => {
      if (hasCode(error, 'playlist_changed')) {
        await queryClient.invalidateQueries({ queryKey });
        toastNews(words.changedElsewhere);
      } else {
        toastProblem(error);
      }
    },
  };
}
