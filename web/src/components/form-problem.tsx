import { Alert } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';

import { ApiProblem, problemSentence } from '../api/problem';

/** Puts what the server says about a field at that field. */
export function showFieldProblems<V extends object>(form: UseFormReturnType<V>, error: unknown): void {
  if (error instanceof ApiProblem) {
    form.setErrors(Object.fromEntries(error.fields.map(({ path, message }) => [path, message])));
  }
}

interface Props {
  error: unknown;
  /** The fields that show their own problem. */
  fields?: readonly string[];
}

/** What the server says that belongs to no single field. */
export function FormProblem({ error, fields = [] }: Props) {
  if (error === null) {
    return null;
  }
  const named = error instanceof ApiProblem ? error.fields : [];
  if (named.length > 0 && named.every(({ path }) => fields.includes(path))) {
    return null;
  }
  const elsewhere = named.filter(({ path }) => !fields.includes(path)).map(({ message }) => message);
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle aria-hidden />}>
      {[problemSentence(error), ...elsewhere].join(' ')}
    </Alert>
  );
}
