const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Secrets travel to such an address and nowhere else. */
export function isLoopbackOrHttps(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || LOOPBACK_HOSTS.has(hostname);
}
