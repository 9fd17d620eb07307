import type { SandboxScrobble } from '../state/sandbox-scrobble.js';
import type { SandboxUser } from '../state/sandbox-user.js';
import { html, type Html } from '../../pages/html.js';

const NEWEST = 50;

export function indexPage(users: readonly SandboxUser[]): Html {
  const rows = users.map(
    ({ name, history }) =>
      html`<tr>
        <td><a href="/user/${name}">${name}</a></td>
        <td>${history.count}</td>
      </tr>`,
  );
  return html`<h1>Sandbox Last.fm</h1>
    ${
      users.length === 0
        ? html`<p>Nobody here yet. Connect an account in your application.</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">User</th>
                <th scope="col">Scrobbles</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`
    }`;
}

export function profilePage(user: SandboxUser, at: Date): Html {
  return html`<h1>${user.name}</h1>
    <p><strong>${user.history.count}</strong> scrobbles · a user since ${timeOf(user.registeredAt)}</p>
    ${user.isPrivate ? html`<p>This user hides what they listen to.</p>` : listening(user, at)}
    <p><a href="/">All users</a></p>`;
}

export function noSuchUserPage(): Html {
  return html`<h1>User not found</h1>
    <p><a href="/">All users</a></p>`;
}

function listening(user: SandboxUser, at: Date): Html {
  const playing = user.nowPlayingAt(at);
  const newest = user.history.between(null, null).slice(-NEWEST).reverse();
  return html`${
      playing
        ? html`<p class="playing">Now playing: <strong>${playing.track}</strong> by ${playing.artist}</p>`
        : html`<p class="playing">Nothing is playing now.</p>`
    }
    <h2>Newest scrobbles</h2>
    ${
      newest.length === 0
        ? html`<p>None yet.</p>`
        : html`<div class="table">
            <table>
              <thead>
                <tr>
                  <th scope="col">Title</th>
                  <th scope="col">Artist</th>
                  <th scope="col">Album</th>
                  <th scope="col">Started</th>
                </tr>
              </thead>
              <tbody>
                ${newest.map(row)}
              </tbody>
            </table>
          </div>`
    }`;
}

function row({ track, artist, album, timestamp }: SandboxScrobble): Html {
  return html`<tr>
    <td>${track}</td>
    <td>${artist}</td>
    <td>${album ?? ''}</td>
    <td>${timeOf(new Date(timestamp * 1000))}</td>
  </tr> `;
}

function timeOf(at: Date): Html {
  const text = at.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 16)} UTC</time>`;
}
