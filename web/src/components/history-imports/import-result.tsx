import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';

import { undoImport } from '../../api/actions';
import type { ScrobbleImport, ScrobbleState } from '../../api/models';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { FactList } from '../../ui/fact-list';
import { toastDone } from '../toasts';

const words = texts.historyImports;

/** How the plays of an import fare, and the way to be rid of them. */
export function ImportResult({ one: { id, state, counts, removed } }: { one: ScrobbleImport }) {
  const facts = (Object.keys(texts.scrobble.states) as ScrobbleState[]).flatMap((each) => {
    const count = counts[each] ?? 0;
    return count === 0 ? [] : [{ label: texts.scrobble.states[each], value: texts.common.number(count) }];
  });
  const stayed = (counts.accepted ?? 0) + (counts.cancelled ?? 0);
  return (
    <Stack align="flex-start">
      {facts.length > 0 && <FactList facts={facts} />}
      {state === 'undone' && (
        <Text size="sm">{[words.removed(removed), ...(stayed > 0 ? [words.stayed(stayed)] : [])].join(' ')}</Text>
      )}
      {(state === 'completed' || state === 'cancelled') && facts.length > 0 && <UndoImport id={id} />}
    </Stack>
  );
}

function UndoImport({ id }: { id: string }) {
  const [isAsking, { open, close }] = useDisclosure(false);
  const undo = useMutation({
    mutationFn: undoImport,
    onSuccess: () => {
      toastDone(words.undoStarted);
    },
    onSettled: close,
  });
  return (
    <>
      <Button variant="outline" color="red" onClick={open}>
        {words.undo}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={close}
        title={words.undoTitle}
        text={words.undoText}
        confirm={{
          label: words.undo,
          onConfirm: () => {
            undo.mutate(id);
          },
          isBusy: undo.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
    </>
  );
}
