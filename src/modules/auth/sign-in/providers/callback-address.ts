import type { AppConfig } from '../../../../config/app-config.js';
import type { VouchedKind } from '../../identities/identity.entity.js';

/** Where a provider sends browsers back to. To be registered with it. */
export function callbackAddress({ publicUrl }: AppConfig, kind: VouchedKind): URL {
  return new URL(`${publicUrl}/api/auth/${kind}/callback`);
}

/** The address that a browser came back to, as people open us: a proxy may have told us another one. */
export function returnedTo(config: AppConfig, kind: VouchedKind, answer: URLSearchParams): URL {
  const address = callbackAddress(config, kind);
  address.search = answer.toString();
  return address;
}
