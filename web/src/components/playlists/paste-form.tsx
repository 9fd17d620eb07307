import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';

import { importText } from '../../api/actions';
import type { ImportedPlaylist } from '../../api/models';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';

const words = texts.playlistImport;

export function PasteForm({ onImported }: { onImported: (imported: ImportedPlaylist) => void }) {
  const form = useForm({
    initialValues: { text: '', title: '' },
    validate: { text: isNotEmpty(words.pasteMissing) },
  });
  const submission = useMutation({
    mutationFn: importText,
    meta: { showsProblemInline: true },
    onSuccess: onImported,
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ text, title }) => {
        submission.mutate({ text, title: title.trim() });
      })}
    >
      <Stack>
        <FormProblem error={submission.error} fields={['text', 'title']} />
        <Textarea
          label={words.pasteLabel}
          description={words.pasteHint}
          placeholder={words.pasteExample}
          rows={10}
          {...form.getInputProps('text')}
        />
        <TextInput
          label={words.titleLabel}
          description={words.titleHint}
          maxLength={200}
          {...form.getInputProps('title')}
        />
        <Button type="submit" loading={submission.isPending} style={{ alignSelf: 'flex-start' }}>
          {words.importPasted}
        </Button>
      </Stack>
    </form>
  );
}
