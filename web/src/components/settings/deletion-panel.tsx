import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { deleteMe } from '../../api/actions';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { FormProblem } from '../form-problem';

const words = texts.settings.deletion;
const LASTFM_APPLICATIONS = 'https://www.last.fm/settings/applications';

/** The end of an account: at once, and of everything. */
export function DeletionPanel() {
  const [isAsking, { open, close }] = useDisclosure(false);
  return (
    <Panel title={words.title}>
      <Stack gap="md" align="flex-start">
        <Text size="sm">{words.text}</Text>
        <LastfmNote />
        <Button color="red" variant="outline" onClick={open}>
          {words.delete}
        </Button>
      </Stack>
      <Modal
        opened={isAsking}
        onClose={close}
        title={words.confirmTitle}
        centered
        closeButtonProps={{ 'aria-label': texts.common.close }}
      >
        <DeletionForm onClose={close} />
      </Modal>
    </Panel>
  );
}

function LastfmNote() {
  return (
    <Text size="sm" c="dimmed">
      {words.lastfmText}{' '}
      <Anchor href={LASTFM_APPLICATIONS} target="_blank" rel="noreferrer" inherit>
        {words.lastfmLink}
      </Anchor>
    </Text>
  );
}

function DeletionForm({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const deletion = useMutation({
    mutationFn: deleteMe,
    meta: { showsProblemInline: true, changesNothing: true },
    // A fresh page keeps nothing of the one who left.
    onSuccess: () => {
      window.location.assign(paths.register);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deletion.mutate();
      }}
    >
      <Stack>
        <FormProblem error={deletion.error} />
        <Text size="sm">{words.confirmText}</Text>
        <TextInput
          label={words.typeThis(words.wordToType)}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={typed.trim().toLowerCase() !== words.wordToType}
            loading={deletion.isPending || deletion.isSuccess}
          >
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
