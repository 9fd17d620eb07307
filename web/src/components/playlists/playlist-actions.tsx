import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { deletePlaylist } from '../../api/actions';
import type { Playlist } from '../../api/models';
import { playlistQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { RefreshButton } from '../link-imports/refresh-button';
import { ButtonLink } from '../links';
import { toastDone } from '../toasts';
import { ExportMenu } from './export-menu';
import { RenameDialog } from './rename-dialog';

const words = texts.playlistPage;

/** What can be done with a playlist as a whole. */
export function PlaylistActions({ playlist }: { playlist: Playlist }) {
  const [isRenaming, renaming] = useDisclosure(false);
  const [isDeleting, deleting] = useDisclosure(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: deletePlaylist,
    // Fetching the deleted playlist again would only fail: leave its page first.
    meta: { changesNothing: true },
    onSuccess: async () => {
      await navigate({ to: paths.playlists });
      queryClient.removeQueries(playlistQuery(playlist.id));
      await queryClient.invalidateQueries();
      toastDone(words.deleted(playlist.title));
    },
    onError: deleting.close,
  });
  return (
    <>
      {playlist.trackCount > 0 && (
        <ButtonLink
          to={paths.autoScrobble}
          search={{ playlist: playlist.id }}
          leftSection={<IconRepeat size={18} aria-hidden />}
        >
          {texts.playlists.autoScrobbleThis}
        </ButtonLink>
      )}
      <RefreshButton playlist={playlist} />
      <ExportMenu playlistId={playlist.id} />
      <Button variant="default" onClick={renaming.open}>
        {words.rename}
      </Button>
      <Button variant="outline" color="red" onClick={deleting.open}>
        {words.delete}
      </Button>
      <RenameDialog playlist={playlist} isOpen={isRenaming} onClose={renaming.close} />
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={deleting.close}
        title={words.deleteTitle(playlist.title)}
        text={words.deleteText}
        confirm={{
          label: words.delete,
          onConfirm: () => {
            removal.mutate(playlist.id);
          },
          isBusy: removal.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
    </>
  );
}
