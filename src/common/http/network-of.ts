import { isIPv4, isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(?<v4>\d+\.\d+\.\d+\.\d+)$/i;
const V6_GROUPS = 8;
const KEPT_GROUPS = 3;

/**
 * The network an address lies in, `203.0.113.0/24` or `2001:db8:1::/48`: enough to recognise where something came from,
 * too little to find a person by. Null for what is no address.
 */
export function networkOf(address: string): string | null {
  const v4 = MAPPED.exec(address)?.groups?.['v4'] ?? address;
  if (isIPv4(v4)) {
    return `${v4.split('.').slice(0, 3).join('.')}.0/24`;
  }
  const withoutZone = address.split('%')[0] ?? '';
  return isIPv6(withoutZone) ? `${firstGroups(withoutZone)}::/48` : null;
}

function firstGroups(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : V6_GROUPS - before.length - after.length;
  const groups = [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after];
  return groups
    .slice(0, KEPT_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
