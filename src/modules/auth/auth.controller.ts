import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../common/http/access.decorator.js';
import { RateLimit } from '../../common/http/rate-limit.decorator.js';
import { LoginDto, ProvidersDto, RegisterDto } from './dto/credentials.dto.js';
import { PasswordIdentities } from './identities/password-identities.service.js';
import { BrowserLogins } from './login-sessions/browser-logins.service.js';
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
    private readonly signInProviders: SignInProviders,
  ) {}

  @Get('providers')
  @RateLimit('usual')
  @ZodResponse({ status: 200, type: ProvidersDto })
  providers(): ProvidersDto {
    const items = this.signInProviders.list();
    return { items, total: items.length };
  }

  @Post('register')
  @ZodResponse({ status: 201, type: MeDto })
  async register(
    @Body() body: RegisterDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    const user = await this.users.register(body);
    await this.browserLogins.signIn(user.id, request, reply, 'password');
    return MeDto.of(user, await this.passwords.findEmail(user.id));
  }

  @Post('login')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: MeDto })
  async login(
    @Body() body: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    const userId = await this.passwords.requireUser(body.email.trim(), body.password);
    await this.browserLogins.signIn(userId, request, reply, 'password');
    return MeDto.of(await this.users.require(userId), await this.passwords.findEmail(userId));
  }

  @Post('logout')
  @HttpCode(204)
  @RateLimit('usual')
  @ApiNoContentResponse({ description: 'This browser is signed out' })
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.browserLogins.signOut(request, reply);
  }
}
