import type { FastifyInstance } from 'fastify';

import type { LastfmState } from '../state/lastfm-state.js';
import { sendPage } from '../../pages/layout.js';
import { indexPage, noSuchUserPage, profilePage } from './listener.pages.js';

const REFRESH_SECONDS = 5;

/** What a person can look at: all users, and the profile of one. */
export function registerListenerRoutes(server: FastifyInstance, state: LastfmState, now: () => Date): void {
  server.get('/', (_request, reply) =>
    sendPage(reply, 200, {
      title: 'Users',
      host: 'Last.fm',
      body: indexPage(state.users),
      refreshSeconds: REFRESH_SECONDS,
    }),
  );
  server.get<{ Params: { name: string } }>('/user/:name', (request, reply) => {
    const user = state.findUser(request.params.name);
    return user
      ? sendPage(reply, 200, {
          title: user.name,
          host: 'Last.fm',
          body: profilePage(user, now()),
          refreshSeconds: REFRESH_SECONDS,
        })
      : sendPage(reply, 404, { title: 'User not found', host: 'Last.fm', body: noSuchUserPage() });
  });
}
