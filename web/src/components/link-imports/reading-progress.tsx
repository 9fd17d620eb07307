import { Button, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { cancelLinkImport } from '../../api/actions';
import type { PlaylistImport } from '../../api/models';
import { texts } from '../../texts';
import { RelativeTime } from '../../ui/relative-time';

const words = texts.linkImportPage;

/** How far the reading has come, why it waits, and a way to stop it. */
export function ReadingProgress({ one }: { one: PlaylistImport }) {
  const { id, platform, tracksRead, trackTotal, resumesAt } = one;
  const label = words.progress(tracksRead, trackTotal);
  const cancel = useMutation({ mutationFn: cancelLinkImport });
  return (
    <Stack align="flex-start">
      <Progress
        w="100%"
        value={(100 * tracksRead) / Math.max(1, trackTotal)}
        aria-label={label}
        transitionDuration={200}
      />
      <Text size="sm" role="status">
        {label}.{' '}
        {resumesAt === null ? (
          words.stayOrGo
        ) : (
          <>
            {words.waits(texts.playlists.sources[platform])}{' '}
            <RelativeTime moment={resumesAt} justNow={texts.common.justNow} />.
          </>
        )}
      </Text>
      <Button
        variant="default"
        loading={cancel.isPending}
        onClick={() => {
          cancel.mutate(id);
        }}
      >
        {words.cancel}
      </Button>
    </Stack>
  );
}
