import '@fastify/cookie';

import { randomBytes } from 'node:crypto';

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { DomainError } from '../../../common/errors/domain-error.js';
import { Access } from '../../../common/http/access.decorator.js';
import { CurrentPrincipal, CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { Principal } from '../../../common/http/principal.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { ConnectQueryDto, type ConnectedFrom } from '../dto/platforms.dto.js';
import { SpotifyConnectForeignError } from '../platforms.errors.js';
import { SpotifyConnections } from './spotify-connections.service.js';

const SECRET_BYTES = 32;
/** As long as a person may take at Spotify. */
const ATTEMPT_SECONDS = 30 * 60;
const PAGE_OF: Record<ConnectedFrom, string> = { settings: '/settings/spotify', import: '/playlists/import' };

/** Browsers leave here for Spotify and come back. */
@ApiTags('platforms')
@Controller('platforms/spotify')
export class SpotifyConnectionsController {
  constructor(
    private readonly connections: SpotifyConnections,
    private readonly config: AppConfig,
  ) {}

  @Get('connect')
  @Access('login')
  @ApiOperation({ summary: 'Connect your Spotify account: a page for a browser to open' })
  @ApiFoundResponse({ description: 'To Spotify, or to the page with ?error=<code>' })
  async connect(
    @CurrentUserId() userId: UserId,
    @Query() { from }: ConnectQueryDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const address = await this.orPage(from, () => this.connections.depart(userId, secret));
    reply.setCookie(cookieName(this.config), `${secret}.${from}`, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps(this.config),
      maxAge: ATTEMPT_SECONDS,
    });
    await reply.redirect(address, 302);
  }

  @Get('callback')
  @Access('public')
  @ApiFoundResponse({ description: 'To the page where it began, with ?linked=spotify or ?error=<code>' })
  async callback(
    @CurrentPrincipal() principal: Principal | null,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [secret = '', said] = (request.cookies[cookieName(this.config)] ?? '').split('.');
    const from: ConnectedFrom = said === 'import' ? 'import' : 'settings';
    const answer = new URL(request.url, this.config.publicUrl).searchParams;
    reply.clearCookie(cookieName(this.config), { path: '/' });
    const address = await this.orPage(from, async () => {
      if (!principal?.isLogin || principal.userId === null) {
        throw new SpotifyConnectForeignError();
      }
      await this.connections.arrive(principal.userId, secret, answer);
      return `${this.config.publicUrl}${PAGE_OF[from]}?linked=spotify`;
    });
    await reply.redirect(address, 302);
  }

  /** The address, or the page of ours that says what went wrong. */
  private async orPage(from: ConnectedFrom, work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError) {
        return `${this.config.publicUrl}${PAGE_OF[from]}?error=${error.code}`;
      }
      throw error;
    }
  }
}

/** With this prefix no neighbouring host can plant the cookie. */
function cookieName(config: AppConfig): string {
  return isHttps(config) ? '__Host-spotify_connect' : 'spotify_connect';
}

function isHttps({ publicUrl }: AppConfig): boolean {
  return publicUrl.startsWith('https:');
}
