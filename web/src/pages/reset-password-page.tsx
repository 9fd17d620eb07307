import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { hasLength, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { resetPassword } from '../api/actions';
import { EntryCard } from '../components/entry-card';
import { FormProblem, showFieldProblems } from '../components/form-problem';
import { TextLink } from '../components/links';
import { paths } from '../paths';
import { texts } from '../texts';

const words = texts.passwordReset;
const SHORTEST_PASSWORD = 8;

/** The page that a reset link opens. It takes the token out of the address at once: it must not stay in the history. */
export function ResetPasswordPage() {
  const search = useSearch({ from: '/visitor/reset-password' });
  const navigate = useNavigate();
  const [token] = useState(search.token);
  const isInAddress = search.token !== undefined;
  useEffect(() => {
    if (isInAddress) {
      void navigate({ to: paths.resetPassword, search: {}, replace: true });
    }
  }, [isInAddress, navigate]);
  return (
    <EntryCard title={words.resetTitle}>
      {token === undefined ? (
        <Stack>
          <Text>{words.linkIncomplete}</Text>
          <TextLink to={paths.forgotPassword}>{words.askAgain}</TextLink>
        </Stack>
      ) : (
        <NewPassword token={token} />
      )}
    </EntryCard>
  );
}

function NewPassword({ token }: { token: string }) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: hasLength({ min: SHORTEST_PASSWORD }, texts.account.passwordTooShort) },
  });
  const submission = useMutation({
    mutationFn: resetPassword,
    meta: { showsProblemInline: true },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  if (submission.isSuccess) {
    return (
      <Stack>
        <Text role="status">{words.resetDone}</Text>
        <TextLink to={paths.signIn}>{texts.account.signIn}</TextLink>
      </Stack>
    );
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ password }) => {
        submission.mutate({ token, password });
      })}
    >
      <Stack>
        <Text c="dimmed">{words.resetLead}</Text>
        <FormProblem error={submission.error} fields={['password']} />
        <PasswordInput
          label={words.newPassword}
          description={texts.account.passwordHint}
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={submission.isPending}>
          {words.set}
        </Button>
        <Text size="sm">
          <TextLink to={paths.forgotPassword}>{words.askAgain}</TextLink>
        </Text>
      </Stack>
    </form>
  );
}
