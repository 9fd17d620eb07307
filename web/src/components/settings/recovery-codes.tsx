import { Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';

import { texts } from '../../texts';
import classes from './settings.module.css';

const words = texts.secondFactor;

/** Shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <Stack>
      <Title order={3} size="h5">
        {words.codesTitle}
      </Title>
      <Text size="sm">{words.codesText}</Text>
      <ul className={classes.codes} aria-label={words.codesTitle}>
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm">{code}</Code>
          </li>
        ))}
      </ul>
      <Group>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onKept}>{words.kept}</Button>
      </Group>
    </Stack>
  );
}
