import { Button, FileButton, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { bringHistory } from '../../api/actions';
import { problemSentence } from '../../api/problem';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { FileDrop } from '../../ui/file-drop';
import { ProblemNote } from '../../ui/problem-note';

const words = texts.historyImports;
const ACCEPTED = '.zip,.json,.jsonl,.csv,.tsv,.txt,.log,application/zip,application/json,text/csv,text/plain';

export function HistoryUpload() {
  const upload = useHistoryUpload({ showsProblemInline: true });
  return (
    <Stack>
      <FileDrop
        accept={ACCEPTED}
        busyText={upload.isPending ? words.uploading(upload.variables.name) : null}
        onFile={(file) => {
          upload.mutate(file);
        }}
        words={{ drop: words.dropHere, hint: words.dropHint, choose: words.chooseFile, input: words.file }}
      />
      {upload.isError && <ProblemNote title={words.failed} sentence={problemSentence(upload.error)} />}
    </Stack>
  );
}

/** For who has not brought anything yet. */
export function FirstHistoryButton() {
  const upload = useHistoryUpload({});
  return (
    <FileButton
      accept={ACCEPTED}
      onChange={(file) => {
        if (file) {
          upload.mutate(file);
        }
      }}
    >
      {(open) => (
        <Button {...open} variant="default" loading={upload.isPending}>
          {words.bringFirst}
        </Button>
      )}
    </FileButton>
  );
}

/** What was uploaded is looked at next. */
function useHistoryUpload(meta: { showsProblemInline?: true }) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: bringHistory,
    meta,
    onSuccess: ({ importId }) => navigate({ to: paths.historyImport, params: { importId } }),
  });
}
