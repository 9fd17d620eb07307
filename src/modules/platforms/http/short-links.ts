import { Injectable } from '@nestjs/common';

import { AppConfig } from '../../../config/app-config.js';
import { type PlatformLink, readRedirect } from '../platform-link.js';
import type { PlatformName } from '../platform-playlist.js';
import { PlatformUnavailableError } from '../platforms.errors.js';

const TIMEOUT_MS = 10_000;

/** Looks up what a short link stands for: one hop, never followed, so nobody can send us anywhere else. */
@Injectable()
export class ShortLinks {
  constructor(private readonly config: AppConfig) {}

  /**
   * @param address on one of the hosts that `readLink` calls short
   * @throws PlatformUnavailableError
   */
  async resolve(address: URL): Promise<PlatformLink> {
    const platform: PlatformName = address.hostname.includes('spotify') ? 'spotify' : 'deezer';
    let location: string | null;
    try {
      const response = await fetch(`${this.baseOf(address)}${address.pathname}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      location = response.headers.get('location');
    } catch {
      throw new PlatformUnavailableError(platform);
    }
    return location !== null && URL.canParse(location, address.href)
      ? readRedirect(new URL(location, address.href))
      : { kind: 'unknown' };
  }

  private baseOf({ hostname }: URL): string {
    const { deezer, spotify } = this.config;
    const bases: Record<string, string> = { 'link.deezer.com': deezer.linkUrl, 'spotify.link': spotify.linkUrl };
    return bases[hostname] ?? `https://${hostname}`;
  }
}
