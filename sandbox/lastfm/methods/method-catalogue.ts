import type { ApiMethod } from './api-method.js';
import { authMethods } from './auth.methods.js';
import { loveMethods } from './love.methods.js';
import { musicInfoMethods } from './music-info.methods.js';
import { nowPlayingMethods } from './now-playing.method.js';
import { recentTracksMethods } from './recent-tracks.method.js';
import { scrobbleMethods } from './scrobble.method.js';
import { searchMethods } from './search.methods.js';
import { topChartsMethods } from './top-charts.methods.js';
import { userInfoMethods } from './user-info.method.js';

const METHODS: ReadonlyMap<string, ApiMethod> = new Map(
  Object.entries({
    ...authMethods,
    ...userInfoMethods,
    ...recentTracksMethods,
    ...scrobbleMethods,
    ...nowPlayingMethods,
    ...loveMethods,
    ...topChartsMethods,
    ...searchMethods,
    ...musicInfoMethods,
  }),
);

/** By lower-case name. */
export function findMethod(name: string): ApiMethod | null {
  return METHODS.get(name) ?? null;
}
