import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { DomainError } from '../../../common/errors/domain-error.js';
import { Access } from '../../../common/http/access.decorator.js';
import { CurrentPrincipal } from '../../../common/http/current-user.decorator.js';
import type { Principal } from '../../../common/http/principal.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import {
  type HandshakeOutcome,
  LastfmAccessDeniedError,
  LastfmAccountsService,
  LastfmHandshakesService,
} from '../../lastfm/index.js';
import { BotKeyRequiredError } from '../auth.errors.js';
import { offerMerge } from '../merging/merge-cookie.js';
import { UserMerges } from '../merging/user-merges.service.js';
import { UsersService } from '../users/users.service.js';
import { DiscordHandshakes } from './discord-handshakes.service.js';
import {
  CallbackQueryDto,
  ConfirmLinkDto,
  LinkedDto,
  PendingLinkDto,
  PendingLinkQueryDto,
  StartedHandshakeDto,
  StartHandshakeQueryDto,
} from './dto/lastfm-link.dto.js';

/** Held by the browser that came back from Last.fm, and by no other. */
const CONFIRMATION_COOKIE = 'lfm_confirmation';
const CONFIRMATION_PATH = '/api/lfm/auth';

@ApiTags('lastfm')
@Controller('lfm/auth')
export class LastfmHandshakeController {
  constructor(
    private readonly handshakes: LastfmHandshakesService,
    private readonly discord: DiscordHandshakes,
    private readonly accounts: LastfmAccountsService,
    private readonly users: UsersService,
    private readonly merges: UserMerges,
    private readonly config: AppConfig,
  ) {}

  @Get('start')
  @Access('write', 'bot')
  @ZodResponse({ status: 200, type: StartedHandshakeDto })
  async start(
    @CurrentPrincipal() principal: Principal | null,
    @Query() query: StartHandshakeQueryDto,
  ): Promise<StartedHandshakeDto> {
    const { url, state, expiresAt } = await this.startFor(principal?.userId ?? null, query);
    return { url, state, expiresAt: expiresAt.toISOString() };
  }

  /** Last.fm sends the browser here. Whatever happens, it ends on a page of the dashboard that says how it went. */
  @Get('callback')
  @Access('public')
  @ApiFoundResponse({
    description:
      'To /lastfm?linked=1, /lastfm?error=<code>, or /lastfm/confirm?state=… where the person is asked: in a browser that is not signed in as the one who started, or when another Last.fm account is linked so far. To /account/merge/… when another user here has the account',
  })
  async callback(
    @Query() { state, token }: CallbackQueryDto,
    @CurrentPrincipal() principal: Principal | null,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await reply.redirect(`${this.config.publicUrl}${await this.complete(state, token, principal, reply)}`, 302);
  }

  @Get('pending')
  @Access('public')
  @ZodResponse({ status: 200, type: PendingLinkDto })
  async pending(
    @Query() { state }: PendingLinkQueryDto,
    @CurrentPrincipal() principal: Principal | null,
    @Req() request: FastifyRequest,
  ): Promise<PendingLinkDto> {
    const pending = await this.handshakes.describe(state, confirmationOf(request), principal?.userId ?? null);
    const { userId, username, expiresAt } = pending;
    const { displayName } = await this.users.require(userId);
    const replaces = pending.replaces === null ? null : await this.replaced(userId, pending.replaces);
    const discord = await this.discord.findPerson(userId);
    return { displayName, discord, username, replaces, expiresAt: expiresAt.toISOString() };
  }

  @Post('confirm')
  @HttpCode(200)
  @Access('public')
  @ZodResponse({ status: 200, type: LinkedDto })
  async confirm(
    @Body() { state, replaces }: ConfirmLinkDto,
    @CurrentPrincipal() principal: Principal | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkedDto> {
    const caller = principal?.userId ?? null;
    const username = await this.handshakes.confirm(state, confirmationOf(request), caller, replaces);
    reply.clearCookie(CONFIRMATION_COOKIE, { path: CONFIRMATION_PATH });
    return { username };
  }

  /** A user starts for themselves and for nobody else; a bot, for whom it names. */
  private startFor(userId: UserId | null, { discordUserId, discordName }: StartHandshakeQueryDto) {
    if (userId === null) {
      return this.discord.start(discordUserId ?? '', discordName);
    }
    if (discordUserId !== undefined) {
      throw new BotKeyRequiredError();
    }
    return this.handshakes.start(userId);
  }

  private async replaced(userId: UserId, username: string): Promise<PendingLinkDto['replaces']> {
    const { queued, held } = await this.accounts.countWaiting(userId);
    return { username, waiting: queued + held };
  }

  /** @returns the page that asks whether the two users are one */
  private async askForMerge(
    { username, userId, ownerId }: Extract<HandshakeOutcome, { kind: 'taken' }>,
    reply: FastifyReply,
  ): Promise<string> {
    const proven = { kind: 'lastfm' as const, name: username };
    const proposal = await this.merges.propose({ intoUserId: userId, fromUserId: ownerId, proven });
    return offerMerge(proposal, reply, this.config);
  }

  private async complete(
    state: string,
    token: string,
    principal: Principal | null,
    reply: FastifyReply,
  ): Promise<string> {
    try {
      if (token === '') {
        throw new LastfmAccessDeniedError();
      }
      const outcome = await this.handshakes.complete(state, token, principal?.userId ?? null);
      if (outcome.kind === 'linked') {
        return '/lastfm?linked=1';
      }
      if (outcome.kind === 'taken') {
        return await this.askForMerge(outcome, reply);
      }
      reply.setCookie(CONFIRMATION_COOKIE, outcome.confirmation, {
        path: CONFIRMATION_PATH,
        httpOnly: true,
        sameSite: 'lax',
        secure: this.config.publicUrl.startsWith('https:'),
        maxAge: 3600,
      });
      return `/lastfm/confirm?state=${encodeURIComponent(state)}`;
    } catch (error) {
      if (error instanceof DomainError) {
        return `/lastfm?error=${error.code}`;
      }
      throw error;
    }
  }
}

function confirmationOf(request: FastifyRequest): string {
  return request.cookies[CONFIRMATION_COOKIE] ?? '';
}
