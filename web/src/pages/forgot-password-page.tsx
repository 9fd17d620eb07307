import { Button, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';

import { forgetPassword } from '../api/actions';
import { providersQuery } from '../api/queries';
import { EntryCard } from '../components/entry-card';
import { FormProblem, showFieldProblems } from '../components/form-problem';
import { TextLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { paths } from '../paths';
import { texts } from '../texts';
import { LineSkeletons } from '../ui/line-skeletons';

const words = texts.passwordReset;

export function ForgotPasswordPage() {
  const providers = useQuery(providersQuery);
  return (
    <EntryCard title={words.forgotTitle}>
      <Stack>
        <Loaded query={providers} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
          {({ passwordReset }) => (passwordReset === 'mail' ? <AskForMail /> : <Text>{words.askOperator}</Text>)}
        </Loaded>
        <Text size="sm">
          <TextLink to={paths.signIn}>{words.backToSignIn}</TextLink>
        </Text>
      </Stack>
    </EntryCard>
  );
}

function AskForMail() {
  const form = useForm({ initialValues: { email: '' }, validate: { email: isEmail(texts.account.emailWrong) } });
  const submission = useMutation({
    mutationFn: forgetPassword,
    meta: { showsProblemInline: true, changesNothing: true },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  if (submission.isSuccess) {
    return <Text role="status">{words.mailSent(submission.variables)}</Text>;
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ email }) => {
        submission.mutate(email.trim());
      })}
    >
      <Stack>
        <Text c="dimmed">{words.forgotLead}</Text>
        <FormProblem error={submission.error} fields={['email']} />
        <TextInput
          label={texts.account.email}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <Button type="submit" loading={submission.isPending}>
          {words.sendLink}
        </Button>
      </Stack>
    </form>
  );
}
