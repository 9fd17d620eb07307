import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';

import { signInWithCode } from '../api/actions';
import { CodeField, useCodeForm } from '../components/code-field';
import { EntryCard } from '../components/entry-card';
import { FormProblem, showFieldProblems } from '../components/form-problem';
import { TextLink } from '../components/links';
import { useEntry } from '../components/use-entry';
import { paths } from '../paths';
import { texts } from '../texts';

const words = texts.account;

/** The second step of a sign-in, whichever way in the first one was. */
export function SignInCodePage() {
  const search = useSearch({ from: '/visitor/sign-in/code' });
  const enter = useEntry(search.next);
  const form = useCodeForm();
  const submission = useMutation({
    mutationFn: signInWithCode,
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: ({ user }) => {
      if (user) {
        enter(user);
      }
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <EntryCard title={words.codeTitle} lead={words.codeLead}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ code }) => {
          submission.mutate(code);
        })}
      >
        <Stack>
          <FormProblem error={submission.error} fields={['code']} />
          <CodeField form={form} description={words.codeHint} autoFocus />
          <Button type="submit" loading={submission.isPending}>
            {words.signIn}
          </Button>
          <Text size="sm">
            {words.codeNone}{' '}
            <TextLink to={paths.signIn} search={search}>
              {words.codeStartAgain}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </EntryCard>
  );
}
