import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Access } from '../src/common/http/access.decorator.js';
import { CurrentUserId } from '../src/common/http/current-user.decorator.js';
import type { UserId } from '../src/common/ids.js';
import { RoleRequiredError } from '../src/modules/auth/index.js';
import { type PanelAsset, readPanelAssets } from './panel-assets.js';
import { PanelRefusals } from './panel-refusals.filter.js';
import { NothingInPanelError } from './panel.errors.js';
import { Panel } from './panel.service.js';
import type { OpenPanel, PanelRequest } from './panel/open-panel.js';
import type { PanelUser } from './panel/create-panel.js';

type Params = Readonly<Record<'table' | 'action', string> & Partial<Record<'row' | 'query', string>>>;
type SearchQuery = Readonly<Record<string, unknown>>;

/** The administration panel, behind the same guard as every other route. */
@ApiExcludeController()
@Controller('admin')
@Access('moderator')
@UseFilters(PanelRefusals)
export class PanelController {
  private assets: Promise<ReadonlyMap<string, PanelAsset>> | undefined;

  constructor(private readonly panel: Panel) {}

  @Get('frontend/assets/:name')
  async asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.assets ??= readPanelAssets();
    const found = (await this.assets).get(name);
    if (!found) {
      throw new NothingInPanelError();
    }
    void reply.header('cache-control', 'private, no-cache').header('etag', found.etag);
    if (request.headers['if-none-match'] === found.etag) {
      await reply.code(304).send();
      return;
    }
    await reply.type(found.type).send(found.body);
  }

  @Get('api/dashboard')
  async dashboard(@CurrentUserId() userId: UserId): Promise<unknown> {
    const [panel, user] = await this.enter(userId);
    return panel.dashboard(user, { params: {}, query: {}, method: 'get', payload: undefined });
  }

  @Get(['api/resources/:table/actions/:action', 'api/resources/:table/actions/:action/:query'])
  async readTable(
    @CurrentUserId() userId: UserId,
    @Param() params: Params,
    @Query() query: SearchQuery,
  ): Promise<unknown> {
    return this.onTable(userId, params, { query, method: 'get', payload: undefined });
  }

  @Post('api/resources/:table/actions/:action')
  @HttpCode(200)
  async actOnTable(
    @CurrentUserId() userId: UserId,
    @Param() params: Params,
    @Body() payload: unknown,
  ): Promise<unknown> {
    return this.onTable(userId, params, { query: {}, method: 'post', payload });
  }

  @Get('api/resources/:table/records/:row/:action')
  async readRow(@CurrentUserId() userId: UserId, @Param() params: Params): Promise<unknown> {
    return this.onRow(userId, params, { query: {}, method: 'get', payload: undefined });
  }

  @Post('api/resources/:table/records/:row/:action')
  @HttpCode(200)
  async actOnRow(@CurrentUserId() userId: UserId, @Param() params: Params, @Body() payload: unknown): Promise<unknown> {
    return this.onRow(userId, params, { query: {}, method: 'post', payload });
  }

  @Get(['', '*'])
  async page(
    @CurrentUserId() userId: UserId,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (/^\/admin\/(api|frontend)(\/|\?|$)/.test(request.url)) {
      throw new NothingInPanelError();
    }
    const [panel, user] = await this.enter(userId);
    await reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await panel.page(user));
  }

  private async onTable(userId: UserId, params: Params, rest: Omit<PanelRequest, 'params'>): Promise<unknown> {
    const [panel, user] = await this.enter(userId, params);
    const { table, action, query } = params;
    return panel.onTable(user, {
      ...rest,
      params: { resourceId: table, action, ...(query !== undefined && { query }) },
    });
  }

  private async onRow(userId: UserId, params: Params, rest: Omit<PanelRequest, 'params'>): Promise<unknown> {
    const [panel, user] = await this.enter(userId, params);
    const { table, action, row = '' } = params;
    return panel.onRow(user, { ...rest, params: { resourceId: table, recordId: row, action } });
  }

  /** @throws NothingInPanelError, RoleRequiredError where the guard's rule, which is that of the whole panel, is not enough */
  private async enter(userId: UserId, wanted?: Params): Promise<[OpenPanel, PanelUser]> {
    const [panel, user] = [await this.panel.open(), await this.panel.requireUser(userId)];
    if (wanted) {
      const role = panel.roleFor(wanted.table, wanted.action);
      if (role === undefined) {
        throw new NothingInPanelError();
      }
      if (!panel.mayDo(user, role)) {
        throw new RoleRequiredError(role);
      }
    }
    return [panel, user];
  }
}
