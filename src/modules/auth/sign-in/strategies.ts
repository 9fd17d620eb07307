import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport';

import { DiscordProvider } from './providers/discord.provider.js';
import { LastfmProvider } from './providers/lastfm.provider.js';
import { OidcProvider } from './providers/oidc.provider.js';
import type { SignInProvider, Vouched } from './providers/sign-in-provider.js';
import type { TravellingRequest } from './travelling-request.js';

type Verified = (error: unknown, vouched?: Vouched) => void;

/** What Passport adds to a strategy for one request. */
interface Outcome {
  redirect(url: string): void;
  success(vouched: Vouched): void;
  error(error: unknown): void;
}

/** Sends a browser to a provider, or asks the provider about one that came back. The guards have seen to its state. */
class ProviderStrategy extends Strategy {
  private readonly provider: SignInProvider;

  constructor(
    { provider }: { provider: SignInProvider },
    private readonly verify: (vouched: Vouched, verified: Verified) => void,
  ) {
    super();
    this.provider = provider;
  }

  override authenticate(request: unknown): void {
    const outcome = this as unknown as Outcome;
    this.travel(request as TravellingRequest, outcome).catch((error: unknown) => {
      outcome.error(error);
    });
  }

  private async travel({ trip }: TravellingRequest, outcome: Outcome): Promise<void> {
    if (!trip) {
      throw new Error('A sign-in strategy is used without the guard that prepares the trip.');
    }
    if (trip.answer === null) {
      outcome.redirect(await this.provider.addressFor(trip));
      return;
    }
    this.verify(await this.provider.identify(trip, trip.answer), (error, vouched) => {
      if (vouched) {
        outcome.success(vouched);
      } else {
        outcome.error(error);
      }
    });
  }
}

@Injectable()
export class OidcStrategy extends PassportStrategy(ProviderStrategy, 'oidc') {
  constructor(provider: OidcProvider) {
    super({ provider });
  }

  validate(vouched: Vouched): Vouched {
    return vouched;
  }
}

@Injectable()
export class DiscordStrategy extends PassportStrategy(ProviderStrategy, 'discord') {
  constructor(provider: DiscordProvider) {
    super({ provider });
  }

  validate(vouched: Vouched): Vouched {
    return vouched;
  }
}

@Injectable()
export class LastfmStrategy extends PassportStrategy(ProviderStrategy, 'lastfm') {
  constructor(provider: LastfmProvider) {
    super({ provider });
  }

  validate(vouched: Vouched): Vouched {
    return vouched;
  }
}
