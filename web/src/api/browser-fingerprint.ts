let fingerprint: Promise<string | null> | undefined;

/**
 * A hash over what stays the same in a browser when it is updated, moves or gets another screen: it binds the login to
 * it a little more. Null where browsers give no hash: on a page that is open over http at another address than this
 * machine.
 */
export function browserFingerprint(): Promise<string | null> {
  fingerprint ??= digestOf(traits());
  return fingerprint;
}

/** Nothing that browsers make up anew to protect people (canvas, processors), nothing that an update or a journey changes. */
function traits(): string {
  const { calendar, numberingSystem } = new Intl.DateTimeFormat().resolvedOptions();
  return JSON.stringify([navigator.platform, calendar, numberingSystem]);
}

async function digestOf(text: string): Promise<string | null> {
  if (!window.isSecureContext) {
    return null;
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
