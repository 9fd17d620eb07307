import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

import { texts } from '../texts';

const words = texts.account;

interface Props {
  title: string;
  /** As the address says it. */
  code: string;
}

/** Why the visit to a provider has not let someone in, or added nothing. */
export function SignInFailure({ title, code }: Props) {
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle aria-hidden />} role="alert">
      {words.signInFailures[code] ?? words.signInFailedOther(code)}
    </Alert>
  );
}
