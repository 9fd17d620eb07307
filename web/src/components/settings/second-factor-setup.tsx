import { Button, Code, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';

import { beginSecondFactor, confirmSecondFactor } from '../../api/actions';
import { hasCode } from '../../api/problem';
import { meQuery } from '../../api/queries';
import { texts } from '../../texts';
import { QrCode } from '../../ui/qr-code';
import { CodeField, useCodeForm } from '../code-field';
import { FormProblem, showFieldProblems } from '../form-problem';
import { SignInAgain } from './sign-in-again';
import classes from './settings.module.css';

const words = texts.secondFactor;

interface Props {
  /** With the recovery codes. */
  onDone: (codes: readonly string[]) => void;
}

/** First the password, of whoever has one; then the secret for the app, and a code of the app as the proof. */
export function SecondFactorSetup({ onDone }: Props) {
  const { data: me } = useQuery(meQuery);
  const form = useForm({ initialValues: { currentPassword: '' } });
  const begun = useMutation({
    mutationFn: beginSecondFactor,
    meta: { showsProblemInline: true, changesNothing: true },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  if (begun.data) {
    return <Confirmation {...begun.data} onDone={onDone} />;
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ currentPassword }) => {
        begun.mutate(currentPassword);
      })}
    >
      <Stack className={classes.fields}>
        <FormProblem error={begun.error} fields={['currentPassword']} />
        {hasCode(begun.error, 'fresh_login_required') && <SignInAgain />}
        {me && me.email !== null && (
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
        )}
        <Button type="submit" loading={begun.isPending} className={classes.action}>
          {words.begin}
        </Button>
      </Stack>
    </form>
  );
}

function Confirmation({ secret, address, onDone }: Props & { secret: string; address: string }) {
  const form = useCodeForm();
  const confirmation = useMutation({
    mutationFn: confirmSecondFactor,
    // The codes come on screen before anything is fetched again.
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: ({ recoveryCodes }) => {
      onDone(recoveryCodes);
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <Stack>
      <Title order={3} size="h5">
        {words.scan}
      </Title>
      <Text size="sm">{words.scanHint}</Text>
      <Group align="flex-start">
        <QrCode text={address} label={words.qrLabel} />
        <form
          noValidate
          onSubmit={form.onSubmit(({ code }) => {
            confirmation.mutate(code);
          })}
        >
          <Stack className={classes.fields}>
            <Text size="sm">{words.typeInstead}</Text>
            <Code fz="sm" className={classes.secret}>
              {secret}
            </Code>
            <FormProblem error={confirmation.error} fields={['code']} />
            <CodeField form={form} description={words.confirmHint} />
            <Button type="submit" loading={confirmation.isPending} className={classes.action}>
              {words.confirm}
            </Button>
          </Stack>
        </form>
      </Group>
    </Stack>
  );
}
