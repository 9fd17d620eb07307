export {
  AccountDependentsRegistry,
  type AccountDependents,
  type AccountMerge,
  type WaitingCounts,
} from './accounts/account-dependents.js';
export { LastfmAccount, type LastfmAccountState } from './accounts/lastfm-account.entity.js';
export { type KeptAccount, LastfmAccountMerges } from './accounts/lastfm-account-merges.service.js';
export { type GrantedAccess, LastfmAccountsService } from './accounts/lastfm-accounts.service.js';
export { type LastfmFailure } from './api/error-matrix.js';
export { meaningOfVerdict } from './api/ignored-codes.js';
export { LastfmCallError } from './api/lastfm-call-error.js';
export { LastfmClient, type RecentTrack, type ScrobbleVerdict } from './api/lastfm-client.js';
export { type ScrobbledTrack } from './api/scrobble-params.js';
export { CallBudget } from './call-budget/call-budget.service.js';
export { type CallPermit } from './call-budget/call-permit.js';
export { LastfmAccessGrants } from './handshakes/lastfm-access-grants.service.js';
export {
  type HandshakeOutcome,
  LastfmHandshakesService,
  type StartedHandshake,
} from './handshakes/lastfm-handshakes.service.js';
export {
  LastfmAccessDeniedError,
  LastfmAccountNotLinkedError,
  LastfmKeyRejectedError,
  LastfmUnavailableError,
} from './lastfm.errors.js';
export { LastfmModule } from './lastfm.module.js';
export { type Announcement, NowPlaying } from './now-playing/now-playing.service.js';
