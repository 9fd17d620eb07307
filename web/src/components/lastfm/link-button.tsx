import { Button } from '@mantine/core';
import { IconBrandLastfm } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';

import { startLink } from '../../api/actions';

/** Leaves for Last.fm's own page, which asks for permission and sends the browser back. */
export function LinkButton({ children }: { children: string }) {
  const link = useMutation({
    mutationFn: startLink,
    meta: { changesNothing: true },
    onSuccess: ({ url }) => {
      window.location.assign(url);
    },
  });
  return (
    <Button
      leftSection={<IconBrandLastfm size={18} aria-hidden />}
      loading={link.isPending || link.isSuccess}
      onClick={() => {
        link.mutate();
      }}
    >
      {children}
    </Button>
  );
}
