import { html, type Html } from '../pages/html.js';
import { type ConsentRequest, NAME_HINT } from './spotify-grants.js';

/** The form is sent to its own address, so that what the app asks stays in the query string. */
export function authorizeForm({ redirectUri, scope }: ConsentRequest, refused?: { name: string; why: string }): Html {
  const scopes = scope.split(' ').filter(Boolean);
  return html`<h1>Connect your Spotify account?</h1>
    <p>The app at <strong>${new URL(redirectUri).host}</strong> asks for:</p>
    <ul>
      ${scopes.map((each) => html`<li>${each}</li>`)}
    </ul>
    <form method="post" action="">
      <label for="username">Spotify username</label>
      <input
        id="username"
        name="username"
        value="${refused?.name ?? 'sandbox-listener'}"
        required
        minlength="2"
        maxlength="30"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="username-hint${refused ? ' username-error' : ''}"
        aria-invalid="${refused ? 'true' : 'false'}"
      />
      <p class="hint" id="username-hint">${NAME_HINT}</p>
      ${refused ? html`<p class="error" id="username-error" role="alert">${refused.why}</p>` : ''}
      <div class="buttons">
        <button class="primary" name="decision" value="allow">Agree</button>
        <button name="decision" value="deny" formnovalidate>Cancel</button>
      </div>
    </form>`;
}

export function authorizeProblem(why: string): Html {
  return html`<h1>This cannot be authorized</h1>
    <p class="error" role="alert">${why}</p>`;
}
