import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { hasLength, isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';

import { register } from '../api/actions';
import { EntryCard } from '../components/entry-card';
import { FormProblem, showFieldProblems } from '../components/form-problem';
import { TextLink } from '../components/links';
import { ProviderButtons } from '../components/provider-buttons';
import { useEntry } from '../components/use-entry';
import { paths } from '../paths';
import { texts } from '../texts';

const words = texts.account;
const SHORTEST_PASSWORD = 8;

export function RegisterPage() {
  const search = useSearch({ from: '/visitor/register' });
  const enter = useEntry(search.next);
  const form = useForm({
    initialValues: { displayName: '', email: '', password: '' },
    validate: {
      displayName: isNotEmpty(words.displayNameMissing),
      email: isEmail(words.emailWrong),
      password: hasLength({ min: SHORTEST_PASSWORD }, words.passwordTooShort),
    },
  });
  const submission = useMutation({
    mutationFn: register,
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: enter,
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  const field = { required: true, withAsterisk: false };
  return (
    <EntryCard title={words.registerTitle} lead={words.registerLead}>
      <ProviderButtons next={search.next} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          submission.mutate(values);
        })}
      >
        <Stack>
          <FormProblem error={submission.error} fields={['displayName', 'email', 'password']} />
          <TextInput
            label={words.displayName}
            description={words.displayNameHint}
            autoComplete="name"
            maxLength={60}
            autoFocus
            {...field}
            {...form.getInputProps('displayName')}
          />
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            {...field}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={words.password}
            description={words.passwordHint}
            autoComplete="new-password"
            {...field}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={submission.isPending}>
            {words.register}
          </Button>
          <Text size="sm">
            {words.accountAlready}{' '}
            <TextLink to={paths.signIn} search={{ ...(search.next !== undefined && { next: search.next }) }}>
              {words.signInTitle}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </EntryCard>
  );
}
