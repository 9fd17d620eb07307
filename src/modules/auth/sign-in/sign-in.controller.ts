import { Controller, Get, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiFoundResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access } from '../../../common/http/access.decorator.js';
import { AppConfig } from '../../../config/app-config.js';
import type { UserId } from '../../../common/ids.js';
import { BrowserLogins } from '../login-sessions/browser-logins.service.js';
import { offerMerge } from '../merging/merge-cookie.js';
import { UserMerges } from '../merging/user-merges.service.js';
import type { Vouched } from './providers/sign-in-provider.js';
import { SECOND_FACTOR_PAGE } from './pages.js';
import type { SignInAttempt } from './sign-in-attempt.entity.js';
import { arrivalFrom, departureTo } from './sign-in.guards.js';
import { SignInFailures } from './sign-in-failures.filter.js';
import type { TravellingRequest } from './travelling-request.js';
import { VouchedSignIns } from './vouched-sign-ins.service.js';

const Next = () => ApiQuery({ name: 'next', required: false, description: 'The page of the dashboard to end on' });
const Intent = () =>
  ApiQuery({
    name: 'intent',
    required: false,
    enum: ['link'],
    description: 'One more way in for the user who is signed in, instead of signing in',
  });
const Away = () => ApiFoundResponse({ description: 'To the provider, or to a page of ours with ?error=<code>' });
const Back = () =>
  ApiFoundResponse({ description: 'To the page asked for (with ?linked=<kind> after linking), or ?error=<code>' });

/** Browsers leave here for somebody who vouches for them, and come back. */
@ApiTags('auth')
@Controller('auth')
@Access('public')
@UseFilters(SignInFailures)
export class SignInController {
  constructor(
    private readonly signIns: VouchedSignIns,
    private readonly browserLogins: BrowserLogins,
    private readonly merges: UserMerges,
    private readonly config: AppConfig,
  ) {}

  @Get('oidc')
  @UseGuards(departureTo('oidc'))
  @ApiOperation({ summary: 'Sign in with the OpenID Connect provider' })
  @Next()
  @Intent()
  @Away()
  oidc(): void {
    neverReached();
  }

  @Get('oidc/callback')
  @UseGuards(arrivalFrom('oidc'))
  @Back()
  async oidcCallback(@Req() request: TravellingRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.finish(request, reply);
  }

  @Get('discord')
  @UseGuards(departureTo('discord'))
  @ApiOperation({ summary: 'Sign in with Discord' })
  @Next()
  @Intent()
  @Away()
  discord(): void {
    neverReached();
  }

  @Get('discord/callback')
  @UseGuards(arrivalFrom('discord'))
  @Back()
  async discordCallback(@Req() request: TravellingRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.finish(request, reply);
  }

  @Get('lastfm')
  @UseGuards(departureTo('lastfm'))
  @ApiOperation({ summary: 'Sign in with Last.fm, which also links it' })
  @Next()
  @Intent()
  @Away()
  lastfm(): void {
    neverReached();
  }

  @Get('lastfm/callback')
  @UseGuards(arrivalFrom('lastfm'))
  @Back()
  async lastfmCallback(@Req() request: TravellingRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.finish(request, reply);
  }

  private async finish(request: TravellingRequest, reply: FastifyReply): Promise<void> {
    const { attempt, user: vouched } = request;
    if (!attempt || !vouched) {
      throw new Error('A sign-in was let through without its attempt.');
    }
    const page =
      attempt.userId === null
        ? await this.enter(attempt, vouched, request, reply)
        : await this.link(attempt.userId, attempt, vouched, reply);
    await reply.redirect(page.href, 302);
  }

  /** @returns the page to go to: the one asked for, or the one that asks for the second factor first */
  private async enter(
    { kind, next }: SignInAttempt,
    vouched: Vouched,
    request: TravellingRequest,
    reply: FastifyReply,
  ): Promise<URL> {
    const userId = await this.signIns.enter(vouched);
    const outcome = await this.browserLogins.signIn(userId, request, reply, { method: kind });
    if (outcome === 'signed-in') {
      return this.page(next);
    }
    const code = this.page(SECOND_FACTOR_PAGE);
    code.searchParams.set('next', next);
    return code;
  }

  /** @returns the page to go to: the one asked for, or the question whether the two users are one */
  private async link(
    userId: UserId,
    { kind, next }: SignInAttempt,
    vouched: Vouched,
    reply: FastifyReply,
  ): Promise<URL> {
    const owner = await this.signIns.link(userId, vouched);
    if (owner !== null) {
      const proven = { kind: vouched.identity.kind, name: vouched.identity.name };
      const proposal = await this.merges.propose({ intoUserId: userId, fromUserId: owner, proven });
      return this.page(offerMerge(proposal, reply, this.config));
    }
    const page = this.page(next);
    page.searchParams.set('linked', kind);
    return page;
  }

  private page(path: string): URL {
    return new URL(path, this.config.publicUrl);
  }
}

function neverReached(): never {
  throw new Error('Passport has not sent this browser away.');
}
