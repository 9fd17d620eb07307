import { Injectable } from '@nestjs/common';

import type { IdentityKind, VouchedKind } from '../../identities/identity.entity.js';
import { SignInNotConfiguredError } from '../sign-in.errors.js';
import { DiscordProvider } from './discord.provider.js';
import { LastfmProvider } from './lastfm.provider.js';
import { OidcProvider } from './oidc.provider.js';
import type { SignInProvider } from './sign-in-provider.js';

const PASSWORD = { kind: 'password', label: 'E-mail and password', startPath: null } as const;

/** Everyone who may vouch for people in this installation. */
@Injectable()
export class SignInProviders {
  private readonly providers: readonly SignInProvider[];

  constructor(oidc: OidcProvider, discord: DiscordProvider, lastfm: LastfmProvider) {
    this.providers = [oidc, discord, lastfm].filter(({ isConfigured }) => isConfigured);
  }

  /** The ways in that work here; `startPath` is where to send a browser. */
  list(): Array<{ kind: IdentityKind; label: string; startPath: string | null }> {
    const vouched = this.providers.map(({ kind, label }) => ({ kind, label, startPath: `/api/auth/${kind}` }));
    return [PASSWORD, ...vouched];
  }

  /** How people know a way in, also one that no longer works here. */
  labelOf(kind: IdentityKind): string {
    return this.list().find((way) => way.kind === kind)?.label ?? kind;
  }

  /** @throws SignInNotConfiguredError */
  require(kind: VouchedKind): SignInProvider {
    const provider = this.providers.find((each) => each.kind === kind);
    if (!provider) {
      throw new SignInNotConfiguredError();
    }
    return provider;
  }

  isUsable(kind: IdentityKind): boolean {
    return this.list().some((way) => way.kind === kind);
  }
}
