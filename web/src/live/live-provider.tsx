import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';

import { LiveConnection, type LiveState } from './live-connection';

const LiveContext = createContext<LiveConnection | null>(null);

/** Keeps the one stream of news open while a signed-in page is shown. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [connection] = useState(() => new LiveConnection(queryClient));
  useEffect(() => {
    connection.open();
    return () => {
      connection.close();
    };
  }, [connection]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/** Null on pages without news. */
export function useLiveState(): LiveState | null {
  const connection = use(LiveContext);
  return useSyncExternalStore(connection?.watch ?? watchNothing, () => connection?.current() ?? null);
}

const watchNothing = () => () => undefined;
