import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { PlaylistEditingController } from './editing/playlist-editing.controller.js';
import { PlaylistEditingService } from './editing/playlist-editing.service.js';
import { PlaylistExportsController } from './exports/playlist-exports.controller.js';
import { PlatformsModule } from '../platforms/index.js';
import { PlaylistImportsController } from './imports/playlist-imports.controller.js';
import { PlaylistImportsService } from './imports/playlist-imports.service.js';
import { LastfmModule } from '../lastfm/index.js';
import { LinkImportsController } from './link-imports/link-imports.controller.js';
import { LinkImports } from './link-imports/link-imports.service.js';
import { PlaylistImportPage } from './link-imports/playlist-import-page.entity.js';
import { PlaylistImport } from './link-imports/playlist-import.entity.js';
import { PlaylistImportsStore } from './link-imports/playlist-imports-store.js';
import { ReadPlaylistImport } from './link-imports/read-playlist-import.task.js';
import { WaitingImports } from './link-imports/waiting-imports.js';
import { Playlist } from './playlist.entity.js';
import { PlaylistsController } from './playlists.controller.js';
import { PlaylistsData } from './playlists-data.js';
import { PlaylistsService } from './playlists.service.js';
import { DeezerSource } from './search/deezer.source.js';
import { LastfmSource } from './search/lastfm.source.js';
import { OwnPlaylistsSource } from './search/own-playlists.source.js';
import { SpotifySource } from './search/spotify.source.js';
import { SearchController } from './search/search.controller.js';
import type { SearchSource } from './search/search-source.js';
import { SEARCH_SOURCES, UniversalSearch } from './search/universal-search.service.js';

/** Where a search looks. */
const SOURCES = [OwnPlaylistsSource, SpotifySource, DeezerSource, LastfmSource];

@Module({
  imports: [LastfmModule, PlatformsModule, TypeOrmModule.forFeature([Playlist, PlaylistImport, PlaylistImportPage])],
  controllers: [
    LinkImportsController,
    PlaylistImportsController,
    PlaylistExportsController,
    PlaylistEditingController,
    PlaylistsController,
    SearchController,
  ],
  providers: [
    LinkImports,
    PlaylistImportsStore,
    ReadPlaylistImport,
    WaitingImports,
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
