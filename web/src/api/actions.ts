import { answer, api, reachableFetch } from './client';
import type {
  ImportedPlaylist,
  LinkConfirmation,
  NewScrobble,
  Pace,
  Playlist,
  PlaylistTrack,
  ProfileChanges,
  ScrobbleCorrection,
  StartRun,
} from './models';
import { toApiProblem } from './problem';
import { type HistoryFilter, sourceAndPeriod } from './queries';

/** Everything a person can change. Each rejects with an ApiProblem. */

export const signIn = (body: { email: string; password: string }) => answer(api.POST('/api/auth/login', { body }));
export const register = (body: { email: string; password: string; displayName: string }) =>
  answer(api.POST('/api/auth/register', { body }));
export const signOut = () => answer(api.POST('/api/auth/logout'));
export const updateMe = (body: ProfileChanges) => answer(api.PATCH('/api/me', { body }));
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  answer(api.PATCH('/api/me/password', { body }));
/** For someone who signs in without one so far. */
export const setPassword = (body: { email: string; newPassword: string }) =>
  answer(api.POST('/api/me/password', { body }));
export const unlinkIdentity = (id: string) =>
  answer(api.DELETE('/api/me/identities/{id}', { params: { path: { id } } }));
export const markNotificationsRead = () => answer(api.POST('/api/notifications/read'));

export const startLink = () => answer(api.GET('/api/lfm/auth/start'));
export const confirmLink = (body: LinkConfirmation) => answer(api.POST('/api/lfm/auth/confirm', { body }));
export const toggleScrobbling = (scrobblingEnabled: boolean) =>
  answer(api.PUT('/api/lfm/me/toggle', { body: { scrobblingEnabled } }));
export const allowProfileChecks = (profileChecks: boolean) =>
  answer(api.PATCH('/api/lfm/me', { body: { profileChecks } }));
export const disconnectLastfm = () => answer(api.DELETE('/api/lfm/me'));

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

export async function importFile(file: File): Promise<ImportedPlaylist> {
  const body = new FormData();
  body.append('file', file);
  const url = new URL('/api/playlists/import/file', window.location.origin);
  const response = await reachableFetch(new Request(url, { method: 'POST', body }));
  const content: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw toApiProblem(response.status, content);
  }
  return content as ImportedPlaylist;
}

export const importText = ({ text, title }: { text: string; title: string }) =>
  answer(api.POST('/api/playlists/import/text', { body: { text, ...(title !== '' && { title }) } }));

interface PlaylistChange {
  playlist: Playlist;
  title?: string;
  tracks?: PlaylistTrack[];
}

/** Refused where the playlist was changed elsewhere since it was loaded. */
export const updatePlaylist = ({ playlist: { id, version }, ...change }: PlaylistChange) =>
  answer(api.PATCH('/api/playlists/{id}', { params: { path: { id } }, body: { ...change, version } }));

export const deletePlaylist = (id: string) => answer(api.DELETE('/api/playlists/{id}', { params: { path: { id } } }));

export const planRun = (body: StartRun) => answer(api.POST('/api/scrobble-runs/plan', { body }));
export const startRun = (body: StartRun) => answer(api.POST('/api/scrobble-runs', { body }));
export const pauseRun = (id: string) => answer(api.POST('/api/scrobble-runs/{id}/pause', { params: { path: { id } } }));
export const resumeRun = (id: string) =>
  answer(api.POST('/api/scrobble-runs/{id}/resume', { params: { path: { id } } }));
export const stopRun = (id: string) => answer(api.POST('/api/scrobble-runs/{id}/stop', { params: { path: { id } } }));
export const changePace = ({ id, pace }: { id: string; pace: Pace }) =>
  answer(api.PATCH('/api/scrobble-runs/{id}', { params: { path: { id } }, body: { pace } }));
