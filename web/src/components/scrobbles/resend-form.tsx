import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';

import { resendScrobble } from '../../api/actions';
import type { Scrobble } from '../../api/models';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';
import { toastDone } from '../toasts';
import { correctionOf, parseLength, toDraft } from './correction';

const words = texts.resend;
const FIELDS = ['artist', 'title', 'album', 'albumArtist', 'durationSeconds'] as const;

interface Props {
  scrobble: Scrobble;
  onClose: () => void;
}

/** Its names as they were sent, to correct. */
export function ResendForm({ scrobble, onClose }: Props) {
  const form = useForm({
    initialValues: toDraft(scrobble),
    validate: {
      artist: isNotEmpty(words.artistMissing),
      title: isNotEmpty(words.titleMissing),
      durationSeconds: (length) => (parseLength(length) === undefined ? words.lengthWrong : null),
    },
  });
  const submission = useMutation({
    mutationFn: resendScrobble,
    meta: { showsProblemInline: true },
    onSuccess: ({ title, state }) => {
      toastDone(state === 'held' ? words.doneHeld(title) : words.done(title));
      onClose();
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((draft) => {
        submission.mutate({ id: scrobble.id, correction: correctionOf(scrobble, draft) });
      })}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.hint}
        </Text>
        <FormProblem error={submission.error} fields={FIELDS} />
        <TextInput label={words.artist} maxLength={1000} data-autofocus {...form.getInputProps('artist')} />
        <TextInput label={words.trackTitle} maxLength={1000} {...form.getInputProps('title')} />
        <TextInput label={words.album} maxLength={1000} {...form.getInputProps('album')} />
        <TextInput label={words.albumArtist} maxLength={1000} {...form.getInputProps('albumArtist')} />
        <TextInput label={words.length} description={words.lengthHint} {...form.getInputProps('durationSeconds')} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" loading={submission.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
