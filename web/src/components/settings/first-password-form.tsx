import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { hasLength, isEmail, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';

import { setPassword } from '../../api/actions';
import { hasCode } from '../../api/problem';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';
import { toastDone } from '../toasts';
import { SignInAgain } from './sign-in-again';
import classes from './settings.module.css';

const words = texts.settings.identities;
const SHORTEST_PASSWORD = 8;
const EMPTY = { email: '', newPassword: '' };

/** An e-mail address and a password for someone who came another way. */
export function FirstPasswordForm() {
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      email: isEmail(texts.account.emailWrong),
      newPassword: hasLength({ min: SHORTEST_PASSWORD }, texts.account.passwordTooShort),
    },
  });
  const submission = useMutation({
    mutationFn: setPassword,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      toastDone(words.passwordSet);
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        submission.mutate(values);
      })}
    >
      <Stack className={classes.fields}>
        <Text fw={500}>{words.passwordTitle}</Text>
        <FormProblem error={submission.error} fields={Object.keys(EMPTY)} />
        {hasCode(submission.error, 'fresh_login_required') && <SignInAgain />}
        <TextInput label={texts.account.email} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput
          label={texts.account.password}
          description={texts.account.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" loading={submission.isPending} className={classes.action}>
          {words.setPassword}
        </Button>
      </Stack>
    </form>
  );
}
