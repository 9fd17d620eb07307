import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { UserId, UserMergeId } from '../../../common/ids.js';
import { ConfirmMergeDto, UserMergeDto } from './dto/user-merge.dto.js';
import { clearMergeCookie, mergeConfirmationOf } from './merge-cookie.js';
import { MergePreviews } from './merge-previews.service.js';
import { UserMerges } from './user-merges.service.js';

@ApiTags('me')
@Controller('me/merges/:id')
export class UserMergesController {
  constructor(
    private readonly merges: UserMerges,
    private readonly previews: MergePreviews,
  ) {}

  /** Which two users would become one, and what would move. Only in the browser that proved to be both. */
  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: UserMergeDto })
  async find(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: UserMergeId,
    @Req() request: FastifyRequest,
  ): Promise<UserMergeDto> {
    const proposal = await this.merges.require(id, { userId, confirmation: mergeConfirmationOf(request) });
    return UserMergeDto.of(proposal, await this.previews.of(proposal));
  }

  /** Everything of the other user becomes this one's, at once; the other one is gone. There is no way back. */
  @Post('confirm')
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'The two users are one. The other one is signed out everywhere.' })
  async confirm(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: UserMergeId,
    @Body() { lastfm }: ConfirmMergeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.merges.confirm(id, { userId, confirmation: mergeConfirmationOf(request) }, lastfm);
    clearMergeCookie(reply);
  }

  @Delete()
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'The two users stay apart' })
  async cancel(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: UserMergeId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.merges.cancel(id, userId);
    clearMergeCookie(reply);
  }
}
