import { html, type Html } from '../../pages/html.js';
import { NAME_HINT } from '../world/discord-user.js';
import type { ConsentRequest } from './oauth-grants.js';

/** The form is sent to its own address, so that what the application asks stays in the query string. */
export function authorizeForm({ redirectUri }: ConsentRequest, refused?: { name: string; why: string }): Html {
  return html`<h1>Authorize access to your Discord account?</h1>
    <p>The application at <strong>${new URL(redirectUri).host}</strong> wants to know your username and avatar.</p>
    <form method="post" action="">
      <label for="username">Discord username</label>
      <input
        id="username"
        name="username"
        value="${refused?.name ?? 'sandbox.member'}"
        required
        minlength="2"
        maxlength="32"
        pattern="[a-z0-9_.]{2,32}"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="username-hint${refused ? ' username-error' : ''}"
        aria-invalid="${refused ? 'true' : 'false'}"
      />
      <p class="hint" id="username-hint">${NAME_HINT}</p>
      ${refused ? html`<p class="error" id="username-error" role="alert">${refused.why}</p>` : ''}
      <div class="buttons">
        <button class="primary" name="decision" value="allow">Authorize</button>
        <button name="decision" value="deny" formnovalidate>Cancel</button>
      </div>
    </form>`;
}

export function authorizeProblem(why: string): Html {
  return html`<h1>This cannot be authorized</h1>
    <p class="error" role="alert">${why}</p>`;
}
