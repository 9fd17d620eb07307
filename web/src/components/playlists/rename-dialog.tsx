import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { updatePlaylist } from '../../api/actions';
import type { Playlist } from '../../api/models';
import { hasCode } from '../../api/problem';
import { playlistQuery } from '../../api/queries';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';

const words = texts.playlistPage;

interface Props {
  playlist: Playlist;
  isOpen: boolean;
  onClose: () => void;
}

export function RenameDialog({ playlist, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={words.renameTitle}
      centered
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      <RenameForm playlist={playlist} onClose={onClose} />
    </Modal>
  );
}

function RenameForm({ playlist, onClose }: Omit<Props, 'isOpen'>) {
  const form = useForm({
    initialValues: { title: playlist.title },
    validate: { title: isNotEmpty(words.titleMissing) },
  });
  const queryClient = useQueryClient();
  const submission = useMutation({
    mutationFn: updatePlaylist,
    meta: { showsProblemInline: true },
    onSuccess: onClose,
    onError: (error) => {
      showFieldProblems(form, error);
      if (hasCode(error, 'playlist_changed')) {
        void queryClient.invalidateQueries(playlistQuery(playlist.id));
      }
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ title }) => {
        submission.mutate({ playlist, title: title.trim() });
      })}
    >
      <Stack>
        <FormProblem error={submission.error} fields={['title']} />
        <TextInput label={words.newTitle} maxLength={200} data-autofocus {...form.getInputProps('title')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" loading={submission.isPending}>
            {texts.common.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
