import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { PlaylistEditingController } from './editing/playlist-editing.controller.js';
import { PlaylistEditingService } from './editing/playlist-editing.service.js';
import { PlaylistExportsController } from './exports/playlist-exports.controller.js';
import { PlaylistImportsController } from './imports/playlist-imports.controller.js';
import { PlaylistImportsService } from './imports/playlist-imports.service.js';
import { Playlist } from './playlist.entity.js';
import { PlaylistsController } from './playlists.controller.js';
import { PlaylistsData } from './playlists-data.js';
import { PlaylistsService } from './playlists.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Playlist])],
  controllers: [PlaylistImportsController, PlaylistExportsController, PlaylistEditingController, PlaylistsController],
  providers: [PlaylistsData, PlaylistImportsService, PlaylistEditingService, PlaylistsService],
  exports: [PlaylistsService],
})
export class PlaylistsModule {}
