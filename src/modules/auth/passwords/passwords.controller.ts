import { Body, Controller, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RateLimit } from '../../../common/http/rate-limit.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { BrowserLogins } from '../login-sessions/browser-logins.service.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { SetPasswordDto } from './dto/set-password.dto.js';
import { PasswordChanges } from './password-changes.service.js';

@ApiTags('me')
@Controller('me/password')
export class PasswordsController {
  constructor(
    private readonly changes: PasswordChanges,
    private readonly browserLogins: BrowserLogins,
  ) {}

  @Patch()
  @HttpCode(204)
  @Access('login')
  @RateLimit('strict')
  @ApiNoContentResponse({ description: 'The password is changed; every other browser is signed out' })
  async change(
    @CurrentUserId() userId: UserId,
    @Body() { currentPassword, newPassword }: ChangePasswordDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.changes.change(userId, currentPassword, newPassword, this.browserLogins.tokenOf(request));
  }

  /** For someone who signs in without one so far, and has signed in within the last ten minutes: it is a way in for good. */
  @Post()
  @HttpCode(204)
  @Access('login')
  @RateLimit('strict')
  @ApiNoContentResponse({ description: 'This e-mail address and password are one more way to sign in' })
  async set(
    @CurrentUserId() userId: UserId,
    @Body() { email, newPassword }: SetPasswordDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.browserLogins.requireFresh(request);
    await this.changes.set(userId, email, newPassword);
  }
}
