import { CreateCoreTables1763600000000 } from './1763600000000-create-core-tables.js';
import { AddDailyBudgetAndResend1763700000000 } from './1763700000000-add-daily-budget-and-resend.js';
import { OrderDueLanes1763710000000 } from './1763710000000-order-due-lanes.js';
import { ExpireUncertainDeliveries1763720000000 } from './1763720000000-expire-uncertain-deliveries.js';
import { KeepWindowOfRun1763730000000 } from './1763730000000-keep-window-of-run.js';
import { DateLastfmAccounts1763740000000 } from './1763740000000-date-lastfm-accounts.js';
import { NameAccountOfBudget1763745000000 } from './1763745000000-name-account-of-budget.js';
import { BindLoginsAndAudit1763900000000 } from './1763900000000-bind-logins-and-audit.js';
import { CountListening1765500000000 } from './1765500000000-count-listening.js';
import { CoverCounts1765510000000 } from './1765510000000-cover-counts.js';
import { SuspectPasswords1763910000000 } from './1763910000000-suspect-passwords.js';
import { CountRequests1764010000000 } from './1764010000000-count-requests.js';
import { LetUsersChooseWhatIsPublic1764100000000 } from './1764100000000-let-users-choose-what-is-public.js';
import { ShowIdentities1764200000000 } from './1764200000000-show-identities.js';
import { AddScrobbleImports1764900000000 } from './1764900000000-add-scrobble-imports.js';
import { AddSecondFactors1764400000000 } from './1764400000000-add-second-factors.js';
import { RetryVoiceWhenWanted1765000000000 } from './1765000000000-retry-voice-when-wanted.js';
import { AddPasswordResets1764410000000 } from './1764410000000-add-password-resets.js';
import { MergeUsers1764300000000 } from './1764300000000-merge-users.js';
import { KeepDataExports1764600000000 } from './1764600000000-keep-data-exports.js';
import { LogBotFailures1765300010000 } from './1765300010000-log-bot-failures.js';
import { CreateVoiceTables1765300000000 } from './1765300000000-create-voice-tables.js';
import { RememberSignInAttempts1764200100000 } from './1764200100000-remember-sign-in-attempts.js';
import { UndoPlaylistChanges1765200000000 } from './1765200000000-undo-playlist-changes.js';
import { LetModeratorsAct1765600000000 } from './1765600000000-let-moderators-act.js';
import { ReleaseBehindFailed1765700000000 } from './1765700000000-release-behind-failed.js';
import { ConnectPlatforms1765100000000 } from './1765100000000-connect-platforms.js';
import { ImportPlaylistsByLink1765110000000 } from './1765110000000-import-playlists-by-link.js';
import { CreateMusicQueue1765400000000 } from './1765400000000-create-music-queue.js';
import { ListenAtSpotify1765120000000 } from './1765120000000-listen-at-spotify.js';
import { LetBotsIn1764500000000 } from './1764500000000-let-bots-in.js';

/** Every migration, oldest first. A migration that has been released is never changed: add another. */
export const migrations = [
  CreateCoreTables1763600000000,
  AddDailyBudgetAndResend1763700000000,
  OrderDueLanes1763710000000,
  ExpireUncertainDeliveries1763720000000,
  KeepWindowOfRun1763730000000,
  DateLastfmAccounts1763740000000,
  NameAccountOfBudget1763745000000,
  BindLoginsAndAudit1763900000000,
  SuspectPasswords1763910000000,
  CountRequests1764010000000,
  LetUsersChooseWhatIsPublic1764100000000,
  ShowIdentities1764200000000,
  AddScrobbleImports1764900000000,
  CountListening1765500000000,
  CoverCounts1765510000000,
  AddSecondFactors1764400000000,
  AddPasswordResets1764410000000,
  RetryVoiceWhenWanted1765000000000,
  MergeUsers1764300000000,
  LetModeratorsAct1765600000000,
  KeepDataExports1764600000000,
  CreateVoiceTables1765300000000,
  CreateMusicQueue1765400000000,
  LogBotFailures1765300010000,
  RememberSignInAttempts1764200100000,
  UndoPlaylistChanges1765200000000,
  ReleaseBehindFailed1765700000000,
  ConnectPlatforms1765100000000,
  ImportPlaylistsByLink1765110000000,
  ListenAtSpotify1765120000000,
  LetBotsIn1764500000000,
];
