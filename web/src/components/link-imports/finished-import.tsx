import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

import type { PlaylistImport } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { ButtonLink } from '../links';

const words = texts.linkImportPage;

/** What became of it. */
export function FinishedImport({ one }: { one: PlaylistImport }) {
  const { state, title, playlistId } = one;
  if (state === 'cancelled') {
    return <Text size="sm">{words.cancelled}</Text>;
  }
  return (
    <Alert
      color="teal"
      variant="light"
      icon={<IconCheck aria-hidden />}
      title={one.purpose === 'import' ? words.done(title) : title}
      role="status"
    >
      <Stack>
        <Text size="sm">{one.purpose === 'import' ? importedWords(one) : refreshedWords(one)}</Text>
        <Group gap="xs">
          {playlistId !== null && (
            <ButtonLink to={paths.playlist} params={{ playlistId }} size="sm">
              {words.open}
            </ButtonLink>
          )}
          <ButtonLink to={paths.playlistImport} variant="default" size="sm">
            {words.another}
          </ButtonLink>
        </Group>
      </Stack>
    </Alert>
  );
}

function importedWords({ report }: PlaylistImport): string {
  const { imported, read, skippedTotal } = report ?? { imported: 0, read: 0, skippedTotal: 0 };
  return skippedTotal === 0 ? words.doneAll(imported) : words.doneSome(imported, read);
}

function refreshedWords({ changes }: PlaylistImport): string {
  const isSame = changes === null || changes.added.total + changes.removed.total + changes.moved.total === 0;
  return isSame ? words.nothingNew : words.applied;
}
