import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { signIn } from '../api/actions';
import { EntryCard } from '../components/entry-card';
import { FormProblem, showFieldProblems } from '../components/form-problem';
import { TextLink } from '../components/links';
import { ProviderButtons } from '../components/provider-buttons';
import { SignInFailure } from '../components/sign-in-failure';
import { useEntry } from '../components/use-entry';
import { paths } from '../paths';
import { texts } from '../texts';

const words = texts.account;

export function SignInPage() {
  const search = useSearch({ from: '/visitor/sign-in' });
  const enter = useEntry(search.next);
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isNotEmpty(words.emailMissing), password: isNotEmpty(words.passwordMissing) },
  });
  const submission = useMutation({
    mutationFn: signIn,
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: ({ user }) => {
      if (user) {
        enter(user);
      } else {
        void navigate({ to: paths.signInCode, search });
      }
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <EntryCard title={words.signInTitle} lead={words.signInLead}>
      <ProviderButtons next={search.next} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          submission.mutate(values);
        })}
      >
        <Stack>
          {search.error !== undefined && <SignInFailure title={words.signInFailed} code={search.error} />}
          <FormProblem error={submission.error} fields={['email', 'password']} />
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={submission.isPending}>
            {words.signIn}
          </Button>
          <Text size="sm">
            <TextLink to={paths.forgotPassword}>{texts.passwordReset.forgotten}</TextLink>
          </Text>
          <Text size="sm">
            {words.noAccountYet}{' '}
            <TextLink to={paths.register} search={{ ...(search.next !== undefined && { next: search.next }) }}>
              {words.registerTitle}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </EntryCard>
  );
}
