import { Progress, Stack, Text } from '@mantine/core';

import type { ScrobbleImport } from '../../api/models';
import { texts } from '../../texts';
import { CancelImport } from './start-import';

const words = texts.historyImports;

/** How far an import has come, while something is being done. */
export function ImportProgress({ one: { id, state, rowsDone, preview } }: { one: ScrobbleImport }) {
  const isRecording = state === 'importing' && preview !== null;
  const percent = isRecording ? (100 * rowsDone) / Math.max(1, preview.rows) : 100;
  const label = isRecording ? words.progress(rowsDone, preview.rows) : words.states[state];
  return (
    <Stack align="flex-start">
      <Progress
        w="100%"
        value={percent}
        animated={!isRecording}
        striped={!isRecording}
        aria-label={label}
        transitionDuration={200}
      />
      <Text size="sm" role="status">
        {state === 'reading' ? words.readingText : label}
      </Text>
      {state !== 'undoing' && <CancelImport id={id} />}
    </Stack>
  );
}
