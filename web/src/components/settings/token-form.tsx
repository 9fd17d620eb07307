import { Alert, Button, Checkbox, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';

import { createToken } from '../../api/actions';
import type { CreatedToken, TokenScope } from '../../api/models';
import { texts } from '../../texts';
import { FormProblem, showFieldProblems } from '../form-problem';
import classes from './settings.module.css';

const words = texts.settings.tokens;
const SCOPES = Object.keys(words.scopes) as TokenScope[];
const NOTHING: { name: string; scopes: TokenScope[] } = { name: '', scopes: ['read'] };

/** Makes a token, and shows it the only time it can be seen. */
export function TokenForm() {
  const form = useForm({
    initialValues: NOTHING,
    validate: { name: isNotEmpty(words.nameMissing), scopes: isNotEmpty(words.scopesMissing) },
  });
  const creation = useMutation({
    mutationFn: createToken,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      form.reset();
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        creation.mutate(values);
      })}
    >
      <Stack className={classes.fields}>
        <FormProblem error={creation.error} fields={['name', 'scopes']} />
        {creation.data && <NewToken created={creation.data} />}
        <TextInput
          label={words.name}
          description={words.nameHint}
          maxLength={60}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={words.mayDo} {...form.getInputProps('scopes')}>
          <Stack gap="xs" mt="xs">
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={words.scopes[scope].label}
                description={words.scopes[scope].hint}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button type="submit" loading={creation.isPending} className={classes.action}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}

function NewToken({ created: { name, token } }: { created: CreatedToken }) {
  return (
    <Alert color="teal" variant="light" title={words.createdTitle(name)} role="status">
      <Text size="sm" mb="xs">
        {words.createdText}
      </Text>
      <Group gap="xs">
        <Code className={classes.secret} aria-label={words.token}>
          {token}
        </Code>
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
