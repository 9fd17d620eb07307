import { Button, PasswordInput, Stack } from '@mantine/core';
import { hasLength, isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';

import { changePassword } from '../../api/actions';
import { meQuery } from '../../api/queries';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { FormProblem, showFieldProblems } from '../form-problem';
import { toastDone } from '../toasts';
import classes from './settings.module.css';

const words = texts.settings.password;
const SHORTEST_PASSWORD = 8;
const EMPTY = { currentPassword: '', newPassword: '' };

/** A new password for the old one; for those who sign in with one. */
export function PasswordPanel() {
  const { data: me } = useQuery(meQuery);
  if (!me || me.email === null) {
    return null;
  }
  return (
    <Panel title={words.title} lead={words.lead}>
      <PasswordForm email={me.email} />
    </Panel>
  );
}

function PasswordForm({ email }: { email: string }) {
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      currentPassword: isNotEmpty(texts.account.passwordMissing),
      newPassword: hasLength({ min: SHORTEST_PASSWORD }, texts.account.passwordTooShort),
    },
  });
  const submission = useMutation({
    mutationFn: changePassword,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      form.reset();
      toastDone(words.changed);
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
        <FormProblem error={submission.error} fields={Object.keys(EMPTY)} />
        {/* Password managers ask whose it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={words.wanted}
          description={texts.account.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" loading={submission.isPending} className={classes.action}>
          {words.change}
        </Button>
      </Stack>
    </form>
  );
}
