import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { LastfmModule } from '../lastfm/index.js';
import { PlatformsModule } from '../platforms/index.js';
import { PlaylistsModule } from '../playlists/index.js';
import { BudgetReports } from './budget/budget-reports.service.js';
import { DailyBudgetController } from './budget/daily-budget.controller.js';
import { DailyBudget } from './budget/daily-budget.service.js';
import { AccountQueue } from './delivery/account-queue.service.js';
import { DeliveryBatches } from './delivery/delivery-batches.service.js';
import { DeliveryDispatcher } from './delivery/delivery-dispatcher.service.js';
import { DeliveryLane } from './delivery/delivery-lane.entity.js';
import { DeliveryLanesService } from './delivery/delivery-lanes.service.js';
import { DeliverySender } from './delivery/delivery-sender.service.js';
import { DeliverySettlements } from './delivery/delivery-settlements.service.js';
import { DeliveryVerdicts } from './delivery/delivery-verdicts.service.js';
import { Delivery } from './delivery/delivery.entity.js';
import { ExpiredDeliveries } from './delivery/expired-deliveries.service.js';
import { LaneLeasesService } from './delivery/lane-leases.service.js';
import { UncertainDeliveries } from './delivery/uncertain-deliveries.service.js';
import { WarnOfDeadlines } from './delivery/warn-of-deadlines.task.js';
import { ImportCounter } from './imports/import-counter.js';
import { ImportFiles } from './imports/import-files.service.js';
import { ReadImport } from './imports/read-import.task.js';
import { RecordImport } from './imports/record-import.task.js';
import { ScrobbleImportChunk } from './imports/scrobble-import-chunk.entity.js';
import { ScrobbleImport } from './imports/scrobble-import.entity.js';
import { ScrobbleImportsController } from './imports/scrobble-imports.controller.js';
import { ScrobbleImports } from './imports/scrobble-imports.service.js';
import { UndoImport } from './imports/undo-import.task.js';
import { DuplicateFinder } from './ledger/duplicate-finder.js';
import { LedgerWriter } from './ledger/ledger-writer.js';
import { ManualScrobbles } from './ledger/manual-scrobbles.service.js';
import { ReleasedDuplicates } from './ledger/released-duplicates.js';
import { ScrobbleHistory } from './ledger/scrobble-history.service.js';
import { ScrobbleLedger } from './ledger/scrobble-ledger.service.js';
import { Scrobble } from './ledger/scrobble.entity.js';
import { ScrobblesController } from './ledger/scrobbles.controller.js';
import { TickWhenScrobbleRunStarted } from './listeners/tick-when-scrobble-run-started.listener.js';
import { StopRunWhenUserSuspended } from './listeners/stop-run-when-user-suspended.listener.js';
import { LedgerMove } from './merging/ledger-move.entity.js';
import { LedgerMoves } from './merging/ledger-moves.service.js';
import { QueueMerges } from './merging/queue-merges.service.js';
import { ScrobblingModeration } from './moderation/scrobbling-moderation.service.js';
import { CheckProfiles } from './profile-check/check-profiles.task.js';
import { CheckedScrobbles } from './profile-check/checked-scrobbles.js';
import { ProfileChecks } from './profile-check/profile-checks.service.js';
import { ResendWriter } from './resend/resend-writer.js';
import { ScrobbleResend } from './resend/scrobble-resend.entity.js';
import { ScrobbleResendsController } from './resend/scrobble-resends.controller.js';
import { ScrobbleResends } from './resend/scrobble-resends.service.js';
import { ActiveRuns } from './runs/active-runs.service.js';
import { PlanChecks } from './runs/plan-checks.service.js';
import { RunForecasts } from './runs/run-forecasts.service.js';
import { DueRuns } from './runs/due-runs.js';
import { RunPlanner } from './runs/run-planner.service.js';
import { RunTicker } from './runs/run-ticker.service.js';
import { ScrobbleRun } from './runs/scrobble-run.entity.js';
import { ScrobbleRunsController } from './runs/scrobble-runs.controller.js';
import { ScrobbleRunsService } from './runs/scrobble-runs.service.js';
import { ListeningVisits } from './spotify-listening/listening-visits.service.js';
import { SpotifyListener } from './spotify-listening/spotify-listener.service.js';
import { SpotifyListeningController } from './spotify-listening/spotify-listening.controller.js';
import { SpotifyListening } from './spotify-listening/spotify-listening.entity.js';
import { SpotifyListenings } from './spotify-listening/spotify-listenings.service.js';
import { ScrobblingData } from './scrobbling-data.js';

const budget = [BudgetReports, DailyBudget];
const ledger = [DuplicateFinder, LedgerWriter, ManualScrobbles, ReleasedDuplicates, ScrobbleHistory, ScrobbleLedger];
const imports = [ImportCounter, ImportFiles, ReadImport, RecordImport, ScrobbleImports, UndoImport];
const delivery = [
  AccountQueue,
  DeliveryBatches,
  DeliveryDispatcher,
  DeliveryLanesService,
  DeliverySender,
  DeliverySettlements,
  DeliveryVerdicts,
  ExpiredDeliveries,
  LaneLeasesService,
  UncertainDeliveries,
  WarnOfDeadlines,
];
const merging = [LedgerMoves, QueueMerges];
const profileCheck = [CheckedScrobbles, CheckProfiles, ProfileChecks];
const resend = [ResendWriter, ScrobbleResends];
const spotifyListening = [ListeningVisits, SpotifyListener, SpotifyListenings];
const runs = [ActiveRuns, DueRuns, PlanChecks, RunForecasts, RunPlanner, RunTicker, ScrobbleRunsService];

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Scrobble,
      Delivery,
      DeliveryLane,
      LedgerMove,
      ScrobbleImport,
      ScrobbleImportChunk,
      ScrobbleResend,
      ScrobbleRun,
      SpotifyListening,
    ]),
    LastfmModule,
    PlatformsModule,
    PlaylistsModule,
  ],
  controllers: [
    DailyBudgetController,
    ScrobbleImportsController,
    ScrobbleResendsController,
    ScrobblesController,
    ScrobbleRunsController,
    SpotifyListeningController,
  ],
  providers: [
    ScrobblingData,
    ...budget,
    ...ledger,
    ...imports,
    ...delivery,
    ...merging,
    ...profileCheck,
    ...resend,
    ...runs,
    ...spotifyListening,
    ScrobblingModeration,
    StopRunWhenUserSuspended,
    TickWhenScrobbleRunStarted,
  ],
  exports: [ScrobbleHistory, ScrobbleLedger, ScrobblingModeration],
})
export class ScrobblingModule {}
