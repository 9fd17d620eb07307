import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../common/http/access.decorator.js';
import { RateLimit } from '../../common/http/rate-limit.decorator.js';
import type { UserId } from '../../common/ids.js';
import { LoginDto, ProvidersDto, RegisterDto, SignedInDto } from './dto/credentials.dto.js';
import { PasswordIdentities } from './identities/password-identities.service.js';
import { BrowserLogins } from './login-sessions/browser-logins.service.js';
import { SecondFactorCodeDto } from './second-factor/dto/second-factor.dto.js';
import { Mailer } from './mail/mailer.service.js';
import { SignInProviders } from './sign-in/providers/sign-in-providers.service.js';
import { MeDto } from './users/dto/me.dto.js';
import { UsersService } from './users/users.service.js';

@ApiTags('auth')
@Controller('auth')
@Access('public')
export class AuthController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordIdentities,
    private readonly browserLogins: BrowserLogins,
    private readonly mailer: Mailer,
    private readonly signInProviders: SignInProviders,
  ) {}

  @Get('providers')
  @RateLimit('usual')
  @ZodResponse({ status: 200, type: ProvidersDto })
  providers(): ProvidersDto {
    const items = this.signInProviders.list();
    return { items, total: items.length, passwordReset: this.mailer.isOn ? 'mail' : 'operator' };
  }

  @Post('register')
  @ZodResponse({ status: 201, type: MeDto })
  async register(
    @Body() body: RegisterDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    const user = await this.users.register(body);
    await this.browserLogins.signIn(user.id, request, reply, { method: 'password' });
    return MeDto.of(user, await this.passwords.findEmail(user.id));
  }

  /** Signs in, or asks for the second factor of someone who has one. */
  @Post('login')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: SignedInDto })
  async login(
    @Body() body: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const { userId, passwordHash } = await this.passwords.requireUser(body.email.trim(), body.password);
    const outcome = await this.browserLogins.signIn(userId, request, reply, { method: 'password', passwordHash });
    return outcome === 'signed-in'
      ? { secondFactor: false, user: await this.me(userId) }
      : { secondFactor: true, user: null };
  }

  /** The second step, in the browser of the first one, whichever way in that was. */
  @Post('login/second-factor')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: SignedInDto })
  async secondFactor(
    @Body() { code }: SecondFactorCodeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const userId = await this.browserLogins.finishSignIn(code, request, reply);
    return { secondFactor: false, user: await this.me(userId) };
  }

  @Post('logout')
  @HttpCode(204)
  @RateLimit('usual')
  @ApiNoContentResponse({ description: 'This browser is signed out' })
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.browserLogins.signOut(request, reply);
  }

  private async me(userId: UserId): Promise<MeDto> {
    return MeDto.of(await this.users.require(userId), await this.passwords.findEmail(userId));
  }
}
