import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { MusicQueue } from './music-queue.entity.js';
import { MusicQueues } from './music-queues.service.js';

@Module({ imports: [TypeOrmModule.forFeature([MusicQueue])], providers: [MusicQueues], exports: [MusicQueues] })
export class MusicQueueModule {}
