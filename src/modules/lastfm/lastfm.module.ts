import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AccountDependentsRegistry } from './accounts/account-dependents.js';
import { LastfmData } from './lastfm-data.js';
import { LastfmAccount } from './accounts/lastfm-account.entity.js';
import { LastfmAccountMerges } from './accounts/lastfm-account-merges.service.js';
import { LastfmAccountsService } from './accounts/lastfm-accounts.service.js';
import { LastfmClient } from './api/lastfm-client.js';
import { LastfmHttp } from './api/lastfm-http.js';
import { TrafficHalts } from './api/traffic-halts.js';
import { LastfmCallBudget } from './call-budget/call-budget.entity.js';
import { CallBudget } from './call-budget/call-budget.service.js';
import { LastfmAccessGrants } from './handshakes/lastfm-access-grants.service.js';
import { LastfmHandshake } from './handshakes/lastfm-handshake.entity.js';
import { LastfmHandshakesService } from './handshakes/lastfm-handshakes.service.js';
import { FetchProfileWhenLastfmAccountLinked } from './listeners/fetch-profile-when-lastfm-account-linked.listener.js';
import { NowPlaying } from './now-playing/now-playing.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LastfmAccount, LastfmHandshake, LastfmCallBudget])],
  providers: [
    AccountDependentsRegistry,
    CallBudget,
    FetchProfileWhenLastfmAccountLinked,
    LastfmAccessGrants,
    LastfmAccountMerges,
    LastfmAccountsService,
    LastfmClient,
    LastfmData,
    LastfmHandshakesService,
    LastfmHttp,
    NowPlaying,
    TrafficHalts,
  ],
  exports: [
    AccountDependentsRegistry,
    CallBudget,
    LastfmAccountMerges,
    LastfmAccessGrants,
    LastfmAccountsService,
    LastfmClient,
    LastfmHandshakesService,
    NowPlaying,
  ],
})
export class LastfmModule {}
