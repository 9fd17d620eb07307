import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { PlaylistEditingController } from './editing/playlist-editing.controller.js';
import { PlaylistEditingService } from './editing/playlist-editing.service.js';
import { PlaylistExportsController } from './exports/playlist-exports.controller.js';
import { PlaylistImportsController } from './imports/playlist-imports.controller.js';
import { PlaylistImportsService } from './imports/playlist-imports.service.js';
import { LastfmModule } from '../lastfm/index.js';
import { Playlist } from './playlist.entity.js';
import { PlaylistsController } from './playlists.controller.js';
import { PlaylistsData } from './playlists-data.js';
import { PlaylistsService } from './playlists.service.js';
import { LastfmSource } from './search/lastfm.source.js';
import { OwnPlaylistsSource } from './search/own-playlists.source.js';
import { SearchController } from './search/search.controller.js';
import type { SearchSource } from './search/search-source.js';
import { SEARCH_SOURCES, UniversalSearch } from './search/universal-search.service.js';

/** Where a search looks. */
const SOURCES = [OwnPlaylistsSource, LastfmSource];

@Module({
  imports: [LastfmModule, TypeOrmModule.forFeature([Playlist])],
  controllers: [
    PlaylistImportsController,
    PlaylistExportsController,
    PlaylistEditingController,
    PlaylistsController,
    SearchController,
  ],
  providers: [
    PlaylistsData,
    PlaylistImportsService,
    PlaylistEditingService,
    PlaylistsService,
    UniversalSearch,
    ...SOURCES,
    { provide: SEARCH_SOURCES, useFactory: (...sources: SearchSource[]) => sources, inject: SOURCES },
  ],
  exports: [PlaylistsService],
})
export class PlaylistsModule {}
