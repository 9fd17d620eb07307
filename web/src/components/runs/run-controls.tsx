import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';

import { pauseRun, resumeRun, stopRun } from '../../api/actions';
import type { ScrobbleRun } from '../../api/models';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { LineSkeletons } from '../../ui/line-skeletons';
import { toastDone } from '../toasts';
import classes from './runs.module.css';

const words = texts.runs;
/** Fetched when it is first opened: most who look at a run do not change its pace. */
const PaceForm = lazy(async () => ({ default: (await import('./pace-form')).PaceForm }));

export function RunControls({ run }: { run: ScrobbleRun }) {
  const [isStopping, stopping] = useDisclosure(false);
  const [isEditing, editing] = useDisclosure(false);
  const isRunning = run.state === 'running';
  const switchOver = useMutation({ mutationFn: isRunning ? pauseRun : resumeRun });
  const stop = useMutation({
    mutationFn: stopRun,
    onSuccess: () => {
      toastDone(words.stopped);
    },
    onSettled: stopping.close,
  });
  return (
    <div className={classes.buttons}>
      <Button
        variant="light"
        loading={switchOver.isPending}
        leftSection={isRunning ? <IconPlayerPause size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
        onClick={() => {
          switchOver.mutate(run.id);
        }}
      >
        {isRunning ? words.pause : words.resume}
      </Button>
      <Button
        variant="outline"
        color="red"
        leftSection={<IconPlayerStop size={18} aria-hidden />}
        onClick={stopping.open}
      >
        {words.stop}
      </Button>
      <Button variant="default" onClick={editing.open}>
        {words.editPace}
      </Button>
      <ConfirmDialog
        isOpen={isStopping}
        onClose={stopping.close}
        title={words.stopTitle}
        text={words.stopText}
        confirm={{
          label: words.stop,
          onConfirm: () => {
            stop.mutate(run.id);
          },
          isBusy: stop.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
      <Modal
        opened={isEditing}
        onClose={editing.close}
        title={words.editPaceTitle}
        centered
        closeButtonProps={{ 'aria-label': texts.common.close }}
      >
        <Suspense fallback={<LineSkeletons count={3} label={texts.common.loading} />}>
          <PaceForm run={run} onClose={editing.close} />
        </Suspense>
      </Modal>
    </div>
  );
}
