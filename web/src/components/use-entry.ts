import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import type { Me } from '../api/models';
import { meQuery } from '../api/queries';
import { isPanel, samePathOnly } from '../paths';

/** What happens once someone is signed in: on to the page they asked for. */
export function useEntry(next: string | undefined): (me: Me) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (me) => {
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    const address = samePathOnly(next);
    if (isPanel(address)) {
      window.location.assign(address);
    } else {
      router.history.push(address);
    }
  };
}
