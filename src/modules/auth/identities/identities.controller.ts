import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { UserId } from '../../../common/ids.js';
import { SignInProviders } from '../sign-in/providers/sign-in-providers.service.js';
import { IdentityListDto } from './dto/identity.dto.js';
import { UserIdentities } from './user-identities.service.js';

/** To add one: send the browser to the `startPath` of a provider with `?intent=link`. */
@ApiTags('me')
@Controller('me/identities')
export class IdentitiesController {
  constructor(
    private readonly identities: UserIdentities,
    private readonly providers: SignInProviders,
  ) {}

  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: IdentityListDto })
  async list(@CurrentUserId() userId: UserId): Promise<IdentityListDto> {
    return IdentityListDto.of(await this.identities.list(userId), (identity) => ({
      label: this.providers.labelOf(identity.kind),
      letsIn: this.identities.letsIn(identity),
    }));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'Nobody signs in with it any more' })
  async unlink(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: string): Promise<void> {
    await this.identities.unlink(userId, id);
  }
}
