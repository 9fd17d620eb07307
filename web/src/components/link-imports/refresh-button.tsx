import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { refreshPlaylist } from '../../api/actions';
import type { Playlist } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';

/** Reads the source again and shows what would change. Nothing for a playlist that came from no link. */
export function RefreshButton({ playlist: { id, source } }: { playlist: Playlist }) {
  const navigate = useNavigate();
  const refresh = useMutation({
    mutationFn: refreshPlaylist,
    onSuccess: ({ id: importId }) => navigate({ to: paths.linkImport, params: { importId } }),
  });
  if (source.url === undefined) {
    return null;
  }
  return (
    <Button
      variant="default"
      loading={refresh.isPending}
      onClick={() => {
        refresh.mutate(id);
      }}
    >
      {texts.linkImportPage.refresh}
    </Button>
  );
}
