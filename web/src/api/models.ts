import type { components } from './schema.generated';

type Schemas = components['schemas'];

export type Me = Schemas['MeDto_Output'];
export type ProfileChanges = Schemas['UpdateMeDto'];
export type Identity = Schemas['IdentityListDto_Output']['items'][number];
export type LastfmAccount = Schemas['LastfmMeDto_Output'];
export type PendingLink = Schemas['PendingLinkDto_Output'];
export type LinkConfirmation = Schemas['ConfirmLinkDto'];
export type Notification = Schemas['NotificationListDto_Output']['items'][number];
export type PlaylistSummary = Schemas['PlaylistListDto_Output']['items'][number];
export type Playlist = Schemas['PlaylistDto_Output'];
export type PlaylistTrack = Playlist['tracks'][number];
export type ImportedPlaylist = Schemas['ImportedPlaylistDto_Output'];
export type Scrobble = Schemas['Scrobble_Output'];
export type ScrobbleState = Scrobble['state'];
export type ScrobbleSource = Scrobble['source'];
export type ScrobbleDetail = Schemas['ScrobbleDetail_Output'];
export type ScrobbleCorrection = Schemas['ResendScrobbleDto'];
export type RetriedScrobbles = Schemas['RetriedScrobblesDto_Output'];
export type DailyBudget = Schemas['DailyBudget_Output'];
export type ScrobbleRun = Schemas['ScrobbleRun_Output'];
export type RunPlan = Schemas['RunPlanDto_Output'];
export type StartRun = Schemas['StartScrobbleRunDto'];
export type Pace = StartRun['pace'];
export type NewScrobble = Exclude<Schemas['RecordScrobblesDto'], unknown[]>;
