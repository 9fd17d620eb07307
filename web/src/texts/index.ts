import { account, lastfm } from './en/account';
import { common, problems, shell } from './en/common';
import { merging } from './en/merging';
import { resend, retry } from './en/resend';
import { linkImport, linkImportPage, platforms, spotifySettings } from './en/platforms';
import { playlistImport, playlistPage, playlists } from './en/playlists';
import { search } from './en/search';
import { playlistEditor } from './en/playlist-editor';
import { budget } from './en/budget';
import { settings } from './en/settings';
import { historyImports } from './en/history-imports';
import { statistics } from './en/statistics';
import { rooms } from './en/rooms';
import { passwordReset } from './en/password-reset';
import { secondFactor } from './en/second-factor';
import { history, home, runs, scrobble } from './en/scrobbling';

/** Every word on screen. A second language is another object of this shape. */
export const texts = {
  common,
  problems,
  shell,
  account,
  lastfm,
  merging,
  playlists,
  playlistImport,
  linkImport,
  linkImportPage,
  platforms,
  spotifySettings,
  playlistPage,
  playlistEditor,
  search,
  scrobble,
  history,
  rooms,
  historyImports,
  home,
  statistics,
  runs,
  budget,
  resend,
  retry,
  settings,
  secondFactor,
  passwordReset,
};
