import { Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';

import type { Scrobble } from '../../api/models';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';

/** Fetched when it is first opened: most who look at their history correct nothing. */
const ResendForm = lazy(async () => ({ default: (await import('./resend-form')).ResendForm }));

interface Props {
  scrobble: Scrobble;
  isOpen: boolean;
  onClose: () => void;
}

export function ResendDialog({ scrobble, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.resend.title}
      centered
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      <Suspense fallback={<LineSkeletons count={6} label={texts.common.loading} />}>
        <ResendForm scrobble={scrobble} onClose={onClose} />
      </Suspense>
    </Modal>
  );
}
