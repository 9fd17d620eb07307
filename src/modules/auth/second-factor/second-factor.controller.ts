import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RateLimit } from '../../../common/http/rate-limit.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { BrowserLogins } from '../login-sessions/browser-logins.service.js';
import { UsersService } from '../users/users.service.js';
import {
  BeginSecondFactorDto,
  BegunSecondFactorDto,
  RecoveryCodesDto,
  SecondFactorCodeDto,
  SecondFactorDto,
} from './dto/second-factor.dto.js';
import { SecondFactors } from './second-factors.service.js';
import { totpAddress } from './totp.js';

@ApiTags('me')
@Controller('me/second-factor')
@Access('login')
@RateLimit('strict')
export class SecondFactorController {
  constructor(
    private readonly secondFactors: SecondFactors,
    private readonly users: UsersService,
    private readonly passwords: PasswordIdentities,
    private readonly browserLogins: BrowserLogins,
  ) {}

  @Get()
  @RateLimit('usual')
  @ZodResponse({ status: 200, type: SecondFactorDto })
  async standing(@CurrentUserId() userId: UserId): Promise<SecondFactorDto> {
    const { role } = await this.users.require(userId);
    return SecondFactorDto.of(await this.secondFactors.standingOf(userId), role !== 'user');
  }

  /**
   * Begins to set it up; `confirm` with a code of the app ends it. Whoever has a password shows it; whoever has none has
   * signed in within the last ten minutes.
   */
  @Post()
  @ZodResponse({ status: 201, type: BegunSecondFactorDto })
  async begin(
    @CurrentUserId() userId: UserId,
    @Body() { currentPassword }: BeginSecondFactorDto,
    @Req() request: FastifyRequest,
  ): Promise<BegunSecondFactorDto> {
    if (!(await this.passwords.confirm(userId, currentPassword))) {
      await this.browserLogins.requireFresh(request);
    }
    const secret = await this.secondFactors.begin(userId);
    const { displayName } = await this.users.require(userId);
    return { secret, address: totpAddress(secret, (await this.passwords.findEmail(userId)) ?? displayName) };
  }

  /** From now on every sign-in wants a code; every other browser is signed out. */
  @Post('confirm')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: RecoveryCodesDto })
  async confirm(
    @CurrentUserId() userId: UserId,
    @Body() { code }: SecondFactorCodeDto,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesDto> {
    return { recoveryCodes: await this.secondFactors.confirm(userId, code, this.browserLogins.tokenOf(request)) };
  }

  /** Ten new recovery codes; the former ones are worth nothing. */
  @Post('recovery-codes')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: RecoveryCodesDto })
  async renewRecoveryCodes(
    @CurrentUserId() userId: UserId,
    @Body() { code }: SecondFactorCodeDto,
  ): Promise<RecoveryCodesDto> {
    return { recoveryCodes: await this.secondFactors.renewRecoveryCodes(userId, code) };
  }

  @Post('disable')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Sign-ins want no code any more' })
  async disable(@CurrentUserId() userId: UserId, @Body() { code }: SecondFactorCodeDto): Promise<void> {
    await this.secondFactors.disable(userId, code);
  }
}
