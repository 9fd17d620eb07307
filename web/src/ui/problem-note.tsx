import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

interface Props {
  title: string;
  sentence: string;
  retry?: { label: string; onRetry: () => void; isBusy?: boolean };
}

/** What went wrong, in one sentence, and a way on. */
export function ProblemNote({ title, sentence, retry }: Props) {
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Text size="sm">{sentence}</Text>
      {retry && (
        <Button mt="sm" size="xs" variant="default" onClick={retry.onRetry} loading={retry.isBusy ?? false}>
          {retry.label}
        </Button>
      )}
    </Alert>
  );
}
