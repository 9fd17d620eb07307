import { Button, Group, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { importLink } from '../../api/actions';
import type { ImportedPlaylist } from '../../api/models';
import { hasCode } from '../../api/problem';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';
import { ConnectSpotify } from '../platforms/connect-spotify';

const words = texts.linkImport;

interface Props {
  onImported: (imported: ImportedPlaylist) => void;
  onFileInstead: () => void;
}

export function LinkForm({ onImported, onFileInstead }: Props) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { url: '', title: '' },
    validate: { url: isNotEmpty(words.linkMissing) },
  });
  const submission = useMutation({
    mutationFn: importLink,
    meta: { showsProblemInline: true },
    onSuccess: async (outcome) => {
      if ('importId' in outcome) {
        await navigate({ to: paths.linkImport, params: { importId: outcome.importId } });
      } else {
        onImported(outcome);
      }
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ url, title }) => {
        submission.mutate({ url: url.trim(), title: title.trim() });
      })}
    >
      <Stack>
        <FormProblem error={submission.error} fields={['url', 'title']} />
        <WayOut error={submission.error} onFileInstead={onFileInstead} />
        <TextInput
          label={words.link}
          description={words.linkHint}
          placeholder={words.linkExample}
          inputMode="url"
          maxLength={2000}
          {...form.getInputProps('url')}
        />
        <TextInput
          label={texts.playlistImport.titleLabel}
          description={texts.playlistImport.titleHint}
          maxLength={200}
          {...form.getInputProps('title')}
        />
        <Button type="submit" loading={submission.isPending} style={{ alignSelf: 'flex-start' }}>
          {words.importLink}
        </Button>
      </Stack>
    </form>
  );
}

/** What to do about a refusal that one can do something about. */
function WayOut({ error, onFileInstead }: { error: unknown; onFileInstead: () => void }) {
  if (hasCode(error, 'spotify_foreign_playlist')) {
    return (
      <Group>
        <Button variant="default" onClick={onFileInstead}>
          {words.fileInstead}
        </Button>
      </Group>
    );
  }
  const isExpired = hasCode(error, 'spotify_expired');
  return isExpired || hasCode(error, 'spotify_not_connected') ? (
    <ConnectSpotify from="import" isAgain={isExpired} />
  ) : null;
}
