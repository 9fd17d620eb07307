import { Button, Divider, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { providersQuery } from '../api/queries';
import { texts } from '../texts';

const words = texts.account;

/** The ways in for which somebody else vouches; nothing where none is set up. They are links: the browser leaves. */
export function ProviderButtons({ next }: { next: string | undefined }) {
  const { data: providers } = useQuery(providersQuery);
  const others = providers?.items.flatMap(({ kind, label, startPath }) =>
    startPath === null ? [] : [{ kind, label, startPath }],
  );
  if (!others || others.length === 0) {
    return null;
  }
  return (
    <Stack gap="sm" mb="lg">
      {others.map(({ kind, label, startPath }) => (
        <Button key={kind} component="a" href={addressOf(startPath, next)} variant="default">
          {words.continueWith(label)}
        </Button>
      ))}
      <Divider label={words.orByEmail} labelPosition="center" mt="xs" />
    </Stack>
  );
}

function addressOf(startPath: string, next: string | undefined): string {
  return next === undefined ? startPath : `${startPath}?${new URLSearchParams({ next }).toString()}`;
}
