import { Button, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';

import { recordScrobble } from '../../api/actions';
import type { Scrobble } from '../../api/models';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { TrackSearch } from '../search/track-search';
import { FormProblem, showFieldProblems } from '../form-problem';
import { toastDone } from '../toasts';

const words = texts.home;

export function QuickScrobble() {
  const form = useForm({
    initialValues: { artist: '', title: '', album: '' },
    validate: { artist: isNotEmpty(words.artistMissing), title: isNotEmpty(words.titleMissing) },
    transformValues: ({ artist, title, album }) => ({
      artist: artist.trim(),
      title: title.trim(),
      ...(album.trim() !== '' && { album: album.trim() }),
    }),
  });
  const submission = useMutation({
    mutationFn: recordScrobble,
    meta: { showsProblemInline: true },
    onSuccess: ({ items: [recorded] }) => {
      if (recorded) {
        toastDone(outcomeWords(recorded));
      }
      form.reset();
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <Panel title={words.quickTitle} lead={words.quickHint}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          submission.mutate(values);
        })}
      >
        <Stack gap="sm">
          <FormProblem error={submission.error} fields={['artist', 'title', 'album']} />
          <TrackSearch
            onPick={({ artist, title, album }) => {
              form.setValues({ artist, title, album: album ?? '' });
            }}
          />
          <TextInput label={words.artist} maxLength={1000} {...form.getInputProps('artist')} />
          <TextInput label={words.trackTitle} maxLength={1000} {...form.getInputProps('title')} />
          <TextInput label={words.album} maxLength={1000} {...form.getInputProps('album')} />
          <Button type="submit" loading={submission.isPending}>
            {words.scrobble}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}

function outcomeWords({ title, state }: Scrobble): string {
  if (state === 'duplicate') {
    return words.recordedDuplicate(title);
  }
  return state === 'held' ? words.recordedHeld(title) : words.recorded(title);
}
