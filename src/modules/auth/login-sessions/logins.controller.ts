import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { LoginSessionId, UserId } from '../../../common/ids.js';
import { DisownedLogins } from './disowned-logins.service.js';
import { BrowserLogins } from './browser-logins.service.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { DisownedLoginDto, LoginListDto } from './dto/login.dto.js';
import { LoginSessionsService } from './login-sessions.service.js';

@ApiTags('me')
@Controller('me/logins')
export class LoginsController {
  constructor(
    private readonly loginSessions: LoginSessionsService,
    private readonly browserLogins: BrowserLogins,
    private readonly disownedLogins: DisownedLogins,
    private readonly passwords: PasswordIdentities,
  ) {}

  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: LoginListDto })
  async list(@CurrentUserId() userId: UserId, @Req() request: FastifyRequest): Promise<LoginListDto> {
    const logins = await this.loginSessions.list(userId, this.browserLogins.tokenOf(request));
    return LoginListDto.of(logins, await this.passwords.isSuspected(userId));
  }

  @Delete()
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'Every other browser is signed out' })
  async revokeOthers(@CurrentUserId() userId: UserId, @Req() request: FastifyRequest): Promise<void> {
    await this.loginSessions.revokeOthers(userId, this.browserLogins.tokenOf(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'That browser is signed out' })
  async revoke(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: LoginSessionId): Promise<void> {
    await this.loginSessions.revoke(userId, id);
  }

  /** "This was not me": ends it with every personal token made since, and asks for a new password. */
  @Post(':id/disown')
  @HttpCode(200)
  @Access('login')
  @ZodResponse({ status: 200, type: DisownedLoginDto })
  async disown(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: LoginSessionId,
    @Req() request: FastifyRequest,
  ): Promise<DisownedLoginDto> {
    return this.disownedLogins.disown(userId, id, this.browserLogins.tokenOf(request));
  }
}
