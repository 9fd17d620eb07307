import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { importFile } from '../../api/actions';
import type { ImportedPlaylist } from '../../api/models';
import { isRefusal, problemSentence } from '../../api/problem';
import { texts } from '../../texts';
import { FileDrop } from '../../ui/file-drop';
import { ProblemNote } from '../../ui/problem-note';

const words = texts.playlistImport;
const ACCEPTED =
  '.csv,.tsv,.txt,.json,.jspf,.xspf,.m3u,.m3u8,text/csv,text/plain,application/json,application/xspf+xml,audio/x-mpegurl';

export function FileImport({ onImported }: { onImported: (imported: ImportedPlaylist) => void }) {
  const upload = useMutation({
    mutationFn: importFile,
    meta: { showsProblemInline: true },
    onSuccess: onImported,
  });
  return (
    <Stack>
      <FileDrop
        accept={ACCEPTED}
        busyText={upload.isPending ? words.reading(upload.variables.name) : null}
        onFile={(file) => {
          upload.mutate(file);
        }}
        words={{ drop: words.dropHere, hint: words.dropHint, choose: words.chooseFile, input: words.file }}
      />
      {upload.isError && (
        <ProblemNote
          title={words.failed}
          sentence={problemSentence(upload.error)}
          {...(!isRefusal(upload.error) && {
            retry: {
              label: texts.common.retry,
              onRetry: () => {
                upload.mutate(upload.variables);
              },
            },
          })}
        />
      )}
    </Stack>
  );
}
