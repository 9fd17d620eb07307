import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { ScrobbleRunId, UserId } from '../../../common/ids.js';
import { ScrobbleHistory } from '../ledger/scrobble-history.service.js';
import {
  EditScrobbleRunDto,
  RunPlanDto,
  RunQueryDto,
  ScrobbleRunDto,
  ScrobbleRunListDto,
  StartScrobbleRunDto,
} from './dto/scrobble-run.dto.js';
import { RunPlanner } from './run-planner.service.js';
import type { ScrobbleRun } from './scrobble-run.entity.js';
import { ScrobbleRunsService } from './scrobble-runs.service.js';

@ApiTags('scrobble-runs')
@Controller('scrobble-runs')
export class ScrobbleRunsController {
  constructor(
    private readonly runs: ScrobbleRunsService,
    private readonly planner: RunPlanner,
    private readonly history: ScrobbleHistory,
  ) {}

  /** The dry run: the exact timetable of one pass if it were started now. Writes nothing. */
  @Post('plan')
  @HttpCode(200)
  @Access('read')
  @ZodResponse({ status: 200, type: RunPlanDto })
  async plan(@CurrentUserId() userId: UserId, @Body() body: StartScrobbleRunDto): Promise<RunPlanDto> {
    return RunPlanDto.of(await this.planner.plan(userId, body));
  }

  @Post()
  @Access('write')
  @ZodResponse({ status: 201, type: ScrobbleRunDto })
  async start(@CurrentUserId() userId: UserId, @Body() body: StartScrobbleRunDto): Promise<ScrobbleRunDto> {
    return ScrobbleRunDto.of(await this.runs.start(userId, body));
  }

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleRunListDto })
  async list(@CurrentUserId() userId: UserId, @Query() { limit, offset }: RunQueryDto): Promise<ScrobbleRunListDto> {
    const { items, total } = await this.runs.list(userId, limit, offset);
    return { items: await this.withCounts(userId, items), total };
  }

  @Get(':id')
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleRunDto })
  async find(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ScrobbleRunId): Promise<ScrobbleRunDto> {
    return this.withCount(userId, await this.runs.require(userId, id));
  }

  @Patch(':id')
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleRunDto })
  async edit(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleRunId,
    @Body() body: EditScrobbleRunDto,
  ): Promise<ScrobbleRunDto> {
    return this.withCount(userId, await this.runs.edit(userId, id, body));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleRunDto })
  async pause(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ScrobbleRunId): Promise<ScrobbleRunDto> {
    return this.withCount(userId, await this.runs.pause(userId, id));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleRunDto })
  async resume(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ScrobbleRunId): Promise<ScrobbleRunDto> {
    return this.withCount(userId, await this.runs.resume(userId, id));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleRunDto })
  async stop(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ScrobbleRunId): Promise<ScrobbleRunDto> {
    return this.withCount(userId, await this.runs.stop(userId, id));
  }

  private async withCount(userId: UserId, run: ScrobbleRun): Promise<ScrobbleRunDto> {
    const counts = await this.history.countByRun(userId, [run.id]);
    return ScrobbleRunDto.of(run, counts.get(run.id));
  }

  private async withCounts(userId: UserId, runs: readonly ScrobbleRun[]): Promise<ScrobbleRunDto[]> {
    const ids = runs.map(({ id }) => id);
    const counts = await this.history.countByRun(userId, ids);
    return runs.map((run) => ScrobbleRunDto.of(run, counts.get(run.id)));
  }
}
