import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm, type UseFormReturnType } from '@mantine/form';

import { texts } from '../texts';

interface CodeForm {
  code: string;
}

export function useCodeForm(): UseFormReturnType<CodeForm> {
  return useForm<CodeForm>({ initialValues: { code: '' }, validate: { code: isNotEmpty(texts.account.codeMissing) } });
}

interface Props {
  form: UseFormReturnType<CodeForm>;
  description?: string;
  autoFocus?: boolean;
}

/** Where a code of an authenticator app, or a recovery code, is typed. Phones offer the one they know. */
export function CodeField({ form, description, autoFocus = false }: Props) {
  return (
    <TextInput
      label={texts.account.code}
      description={description}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      autoFocus={autoFocus}
      {...form.getInputProps('code')}
    />
  );
}
