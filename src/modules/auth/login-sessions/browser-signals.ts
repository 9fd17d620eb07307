import type { IncomingHttpHeaders } from 'node:http';

import { browserInWords, describeBrowser } from '../../../common/http/browser-description.js';

/** What distinguishes one browser from another and stays the same when it is updated or moves to another network. */
export interface BrowserSignals {
  /** What every request of the browser says, page loads and event streams included. */
  server: string;
  /** What our pages find out about the browser and send along; null where a request cannot carry it. */
  client: string | null;
  /** The browser in words for people. */
  device: string;
}

/** Sent by our pages: a hash over what stays the same in a browser. */
const CLIENT_HEADER = 'x-browser-fingerprint';
const CLIENT_HASH = /^[\w-]{16,128}$/;

/** Family and platform, not versions; the first language; the platform a Chromium names itself. Never the address. */
export function signalsOf(headers: IncomingHttpHeaders): BrowserSignals {
  const userAgent = headers['user-agent'] ?? '';
  const { family, platform } = describeBrowser(userAgent);
  const language = (headers['accept-language'] ?? '').split(/[,;-]/)[0]?.trim().toLowerCase() ?? '';
  const hinted = first(headers['sec-ch-ua-platform']).replaceAll('"', '').toLowerCase();
  const client = first(headers[CLIENT_HEADER]);
  return {
    server: JSON.stringify([family, platform, language, hinted]),
    client: CLIENT_HASH.test(client) ? client : null,
    device: browserInWords(userAgent),
  };
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
