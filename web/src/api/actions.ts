import { answer, api, reachableFetch } from './client';
import type {
  EditOperation,
  ImportChoice,
  ImportedPlaylist,
  LinkConfirmation,
  MergeConfirmation,
  NewScrobble,
  NewToken,
  Pace,
  Playlist,
  ProfileChanges,
  RecapTrack,
  RoomChoice,
  ScrobbleCorrection,
  StartRun,
} from './models';
import { toApiProblem } from './problem';
import { type HistoryFilter, sourceAndPeriod } from './queries';

/** Everything a person can change. Each rejects with an ApiProblem. */

export const signIn = (body: { email: string; password: string }) => answer(api.POST('/api/auth/login', { body }));
/** The second step of a sign-in, in the browser of the first. */
export const signInWithCode = (code: string) => answer(api.POST('/api/auth/login/second-factor', { body: { code } }));
export const forgetPassword = (email: string) => answer(api.POST('/api/auth/password/forgot', { body: { email } }));
export const resetPassword = (body: { token: string; password: string }) =>
  answer(api.POST('/api/auth/password/reset', { body }));
export const register = (body: { email: string; password: string; displayName: string }) =>
  answer(api.POST('/api/auth/register', { body }));
export const signOut = () => answer(api.POST('/api/auth/logout'));
export const updateMe = (body: ProfileChanges) => answer(api.PATCH('/api/me', { body }));
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  answer(api.PATCH('/api/me/password', { body }));
export const beginSecondFactor = (currentPassword: string) =>
  answer(api.POST('/api/me/second-factor', { body: currentPassword === '' ? {} : { currentPassword } }));
export const confirmSecondFactor = (code: string) =>
  answer(api.POST('/api/me/second-factor/confirm', { body: { code } }));
export const renewRecoveryCodes = (code: string) =>
  answer(api.POST('/api/me/second-factor/recovery-codes', { body: { code } }));
export const disableSecondFactor = (code: string) =>
  answer(api.POST('/api/me/second-factor/disable', { body: { code } }));
/** For someone who signs in without one so far. */
export const setPassword = (body: { email: string; newPassword: string }) =>
  answer(api.POST('/api/me/password', { body }));
export const unlinkIdentity = (id: string) =>
  answer(api.DELETE('/api/me/identities/{id}', { params: { path: { id } } }));
export const deleteMe = () => answer(api.DELETE('/api/me'));
export const endLogin = (id: string) => answer(api.DELETE('/api/me/logins/{id}', { params: { path: { id } } }));
export const endOtherLogins = () => answer(api.DELETE('/api/me/logins'));
/** "This was not me." */
export const disownLogin = (id: string) => answer(api.POST('/api/me/logins/{id}/disown', { params: { path: { id } } }));
export const createToken = (body: NewToken) => answer(api.POST('/api/me/tokens', { body }));
export const revokeToken = (id: string) => answer(api.DELETE('/api/me/tokens/{id}', { params: { path: { id } } }));
export const startExport = () => answer(api.POST('/api/me/export'));
export const deleteExport = () => answer(api.DELETE('/api/me/export'));
export const markNotificationsRead = () => answer(api.POST('/api/notifications/read'));

export const startLink = () => answer(api.GET('/api/lfm/auth/start'));
export const confirmLink = (body: LinkConfirmation) => answer(api.POST('/api/lfm/auth/confirm', { body }));
export const toggleScrobbling = (scrobblingEnabled: boolean) =>
  answer(api.PUT('/api/lfm/me/toggle', { body: { scrobblingEnabled } }));
export const chooseForLastfm = (choices: { profileChecks?: boolean; retriesVoice?: boolean }) =>
  answer(api.PATCH('/api/lfm/me', { body: choices }));
export const disconnectLastfm = () => answer(api.DELETE('/api/lfm/me'));

/** @param lastfm needed where both have a Last.fm account */
export const confirmMerge = ({ id, lastfm }: { id: string } & MergeConfirmation) =>
  answer(api.POST('/api/me/merges/{id}/confirm', { params: { path: { id } }, body: lastfm ? { lastfm } : {} }));
export const cancelMerge = (id: string) => answer(api.DELETE('/api/me/merges/{id}', { params: { path: { id } } }));

export const chooseRoom = (body: RoomChoice) => answer(api.PUT('/api/voice/consents', { body }));
export const pauseRoomsTonight = () => answer(api.PUT('/api/voice/consents/tonight'));
export const resumeRooms = () => answer(api.DELETE('/api/voice/consents/tonight'));
/** While it plays and nothing is decided. */
export const declineTrack = (playbackId: string) =>
  answer(api.POST('/api/voice/decisions/{playbackId}/decline', { params: { path: { playbackId } } }));
export const saveRecap = ({ title, tracks }: { title: string; tracks: readonly RecapTrack[] }) => {
  const kept = tracks.map(({ artist, title: trackTitle, album, durationSeconds }) => ({
    artist,
    title: trackTitle,
    ...(album !== null && { album }),
    ...(durationSeconds !== null && { durationSeconds }),
  }));
  return answer(api.POST('/api/playlists', { body: { title, visibility: 'private', category: null, tracks: kept } }));
};

export const recordScrobble = (body: NewScrobble) => answer(api.POST('/api/scrobbles', { body }));

/** Corrected where the correction says so; refused where it could count twice. */
export const resendScrobble = ({ id, correction }: { id: string; correction: ScrobbleCorrection }) =>
  answer(api.POST('/api/scrobbles/{id}/resend', { params: { path: { id } }, body: correction }));

interface Retry {
  filter: HistoryFilter;
  isWithIgnored: boolean;
}

/** Everything of the filter's source and days that failed and is young enough. */
export const retryScrobbles = ({ filter, isWithIgnored }: Retry) =>
  answer(
    api.POST('/api/scrobbles/retry', {
      body: { states: isWithIgnored ? ['failed', 'ignored'] : ['failed'], ...sourceAndPeriod(filter) },
    }),
  );

export const importFile = (file: File) => upload<ImportedPlaylist>('/api/playlists/import/file', file);

/** The playlist, or the import that reads it in the background. */
export const importLink = ({ url, title }: { url: string; title: string }) =>
  answer(api.POST('/api/playlists/import', { body: { url, ...(title !== '' && { title }) } }));
export const cancelLinkImport = (id: string) =>
  answer(api.POST('/api/playlists/imports/{id}/cancel', { params: { path: { id } } }));
/** Changes nothing yet: the import says what it would change. */
export const refreshPlaylist = (id: string) =>
  answer(api.POST('/api/playlists/{id}/refresh', { params: { path: { id } } }));
export const applyRefresh = (id: string) =>
  answer(api.POST('/api/playlists/imports/{id}/apply', { params: { path: { id } } }));
export const switchSpotifyListening = (enabled: boolean) =>
  answer(api.PUT('/api/platforms/spotify/listening', { body: { enabled } }));
export const disconnectSpotify = () => answer(api.DELETE('/api/platforms/spotify'));

/** Has a listening history read; nothing of it is recorded before it is started. */
export const bringHistory = (file: File) =>
  upload<{ importId: string }>('/api/scrobbles/import', file, {
    preview: 'true',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });

interface StartImport {
  id: string;
  choice: ImportChoice;
}

export const startImport = ({ id, choice }: StartImport) =>
  answer(api.POST('/api/scrobbles/imports/{id}/start', { params: { path: { id } }, body: choice }));
export const cancelImport = (id: string) =>
  answer(api.POST('/api/scrobbles/imports/{id}/cancel', { params: { path: { id } } }));
export const undoImport = (id: string) =>
  answer(api.DELETE('/api/scrobbles/imports/{id}', { params: { path: { id } } }));

async function upload<Answer>(path: string, file: File, fields: Record<string, string> = {}): Promise<Answer> {
  const body = new FormData();
  Object.entries(fields).forEach(([name, value]) => {
    body.append(name, value);
  });
  body.append('file', file);
  const url = new URL(path, window.location.origin);
  const response = await reachableFetch(new Request(url, { method: 'POST', body }));
  const content: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw toApiProblem(response.status, content);
  }
  return content as Answer;
}

export const importText = ({ text, title }: { text: string; title: string }) =>
  answer(api.POST('/api/playlists/import/text', { body: { text, ...(title !== '' && { title }) } }));

interface PlaylistChange {
  playlist: Playlist;
  title?: string;
}

/** Says which version is changed, so that a change made elsewhere meanwhile is not overwritten. */
const changing = (id: string, version: number) => ({ path: { id }, header: { 'If-Match': `"${version}"` } });

/** Refused where the playlist was changed elsewhere since it was loaded. */
export const updatePlaylist = ({ playlist: { id, version }, ...change }: PlaylistChange) =>
  answer(api.PATCH('/api/playlists/{id}', { params: changing(id, version), body: change }));

interface TrackEdit {
  id: string;
  version: number;
  operations: EditOperation[];
}

export const editTracks = ({ id, version, operations }: TrackEdit) =>
  answer(api.PATCH('/api/playlists/{id}/tracks', { params: changing(id, version), body: { operations } }));
export const undoTracks = ({ id, version }: { id: string; version: number }) =>
  answer(api.POST('/api/playlists/{id}/undo', { params: changing(id, version) }));

export const deletePlaylist = (id: string) => answer(api.DELETE('/api/playlists/{id}', { params: { path: { id } } }));

export const planRun = (body: StartRun) => answer(api.POST('/api/scrobble-runs/plan', { body }));
export const startRun = (body: StartRun) => answer(api.POST('/api/scrobble-runs', { body }));
export const pauseRun = (id: string) => answer(api.POST('/api/scrobble-runs/{id}/pause', { params: { path: { id } } }));
export const resumeRun = (id: string) =>
  answer(api.POST('/api/scrobble-runs/{id}/resume', { params: { path: { id } } }));
export const stopRun = (id: string) => answer(api.POST('/api/scrobble-runs/{id}/stop', { params: { path: { id } } }));
export const changePace = ({ id, pace }: { id: string; pace: Pace }) =>
  answer(api.PATCH('/api/scrobble-runs/{id}', { params: { path: { id } }, body: { pace } }));
