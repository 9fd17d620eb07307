import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuthModule } from '../auth/index.js';
import { DeezerClient } from './deezer/deezer-client.js';
import { DeezerQuota } from './deezer/deezer-quota.js';
import { PlatformHttp } from './http/platform-http.js';
import { ShortLinks } from './http/short-links.js';
import { PlatformPlaylists } from './platform-playlists.service.js';
import { PlatformSearch } from './platform-search.service.js';
import { PlatformStandings } from './platform-standings.service.js';
import { PlatformsController } from './platforms.controller.js';
import { PlatformsData } from './platforms-data.js';
import { PlatformAccount } from './spotify/platform-account.entity.js';
import { SpotifyAccounts } from './spotify/spotify-accounts.service.js';
import { SpotifyAuthorization } from './spotify/spotify-authorization.js';
import { SpotifyClient } from './spotify/spotify-client.js';
import { SpotifyConnectionsController } from './spotify/spotify-connections.controller.js';
import { SpotifyConnections } from './spotify/spotify-connections.service.js';
import { SpotifyPlayer } from './spotify/spotify-player.service.js';
import { SpotifyPlaylists } from './spotify/spotify-playlists.service.js';
import { WarnOfEnds } from './warn-of-ends.task.js';

@Module({
  imports: [TypeOrmModule.forFeature([PlatformAccount]), AuthModule],
  controllers: [SpotifyConnectionsController, PlatformsController],
  providers: [
    DeezerClient,
    DeezerQuota,
    PlatformHttp,
    PlatformPlaylists,
    PlatformSearch,
    PlatformsData,
    PlatformStandings,
    ShortLinks,
    SpotifyAccounts,
    SpotifyAuthorization,
    SpotifyClient,
    SpotifyConnections,
    SpotifyPlayer,
    SpotifyPlaylists,
    WarnOfEnds,
  ],
  exports: [PlatformPlaylists, PlatformSearch, SpotifyAccounts, SpotifyPlayer],
})
export class PlatformsModule {}
