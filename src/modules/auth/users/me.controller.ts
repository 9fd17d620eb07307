import { Body, Controller, Delete, Get, HttpCode, Patch, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { clearLoginCookie } from '../login-sessions/login-cookie.js';
import { MeDto, UpdateMeDto } from './dto/me.dto.js';
import { UserDeletion } from './user-deletion.service.js';
import { UsersService } from './users.service.js';

@ApiTags('me')
@Controller('me')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordIdentities,
    private readonly deletion: UserDeletion,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: MeDto })
  async me(@CurrentUserId() userId: UserId): Promise<MeDto> {
    return MeDto.of(await this.users.require(userId), await this.passwords.findEmail(userId));
  }

  @Patch()
  @Access('write')
  @ZodResponse({ status: 200, type: MeDto })
  async update(@CurrentUserId() userId: UserId, @Body() changes: UpdateMeDto): Promise<MeDto> {
    return MeDto.of(await this.users.update(userId, changes), await this.passwords.findEmail(userId));
  }

  /** Deletes the user with everything that is kept about them, at once. */
  @Delete()
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({
    description: 'Nothing is left here. Last.fm keeps what it has: revoke our access there too.',
  })
  async delete(@CurrentUserId() userId: UserId, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.deletion.delete(userId);
    clearLoginCookie(reply, this.config);
  }
}
