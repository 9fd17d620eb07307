import { Skeleton, Stack } from '@mantine/core';

/** Grey lines where text is about to come. */
export function LineSkeletons({ count, label }: { count: number; label: string }) {
  return (
    <Stack gap="sm" role="status" aria-label={label}>
      {Array.from({ length: count }, (_, line) => (
        <Skeleton key={line} height={18} width={line % 3 === 2 ? '60%' : '100%'} />
      ))}
    </Stack>
  );
}
