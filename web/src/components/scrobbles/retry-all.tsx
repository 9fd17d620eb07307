import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { retryScrobbles } from '../../api/actions';
import type { RetriedScrobbles } from '../../api/models';
import type { HistoryFilter } from '../../api/queries';
import { texts } from '../../texts';
import { toastDone } from '../toasts';

const words = texts.retry;

/** Sends again whatever failed, of the source and days that the history shows. */
export function RetryAll({ filter }: { filter: HistoryFilter }) {
  const [isAsking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {words.open}
      </Button>
      <Modal
        opened={isAsking}
        onClose={close}
        title={words.title}
        centered
        closeButtonProps={{ 'aria-label': texts.common.close }}
      >
        <Question filter={filter} onClose={close} />
      </Modal>
    </>
  );
}

function Question({ filter, onClose }: { filter: HistoryFilter; onClose: () => void }) {
  const [isWithIgnored, setIsWithIgnored] = useState(filter.state === 'ignored');
  const retry = useMutation({
    mutationFn: retryScrobbles,
    onSuccess: (retried) => {
      toastDone(retriedWords(retried));
    },
    onSettled: onClose,
  });
  const isFiltered = filter.source !== undefined || filter.from !== undefined || filter.to !== undefined;
  return (
    <Stack>
      <Text size="sm">{isFiltered ? words.textFiltered : words.text}</Text>
      {filter.q !== undefined && <Text size="sm">{words.searchHint}</Text>}
      <Checkbox
        label={words.withIgnored}
        description={words.withIgnoredHint}
        checked={isWithIgnored}
        onChange={(event) => {
          setIsWithIgnored(event.currentTarget.checked);
        }}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {texts.common.cancel}
        </Button>
        <Button
          loading={retry.isPending}
          onClick={() => {
            retry.mutate({ filter, isWithIgnored });
          }}
        >
          {words.confirm}
        </Button>
      </Group>
    </Stack>
  );
}

function retriedWords({ resent, tooOld, duplicates }: RetriedScrobbles): string {
  if (resent + tooOld + duplicates === 0) {
    return words.nothing;
  }
  return [
    resent > 0 ? words.resent(resent) : words.noneResent,
    ...(tooOld > 0 ? [words.tooOld(tooOld)] : []),
    ...(duplicates > 0 ? [words.duplicates(duplicates)] : []),
  ].join(' ');
}
