import type { ConsentRequest } from '../consent.js';
import { SUGGESTED_NAME } from '../state/sandbox-user.js';
import { html, type Html } from '../../pages/html.js';

/** The form is sent to its own address, so that key, callback and token stay in the query string. */
export function consentForm(request: ConsentRequest, apiKey: string, refused?: { name: string; why: string }): Html {
  return html`<h1>Connect your Last.fm account?</h1>
    <p>
      ${applicationOf(request)} with the API key <code>${apiKey}</code> asks for access to your Last.fm account. It
      could scrobble, announce what you play, and love tracks in your name.
    </p>
    <form method="post" action="">
      <label for="username">Last.fm username</label>
      <input
        id="username"
        name="username"
        value="${refused?.name ?? SUGGESTED_NAME}"
        required
        minlength="2"
        maxlength="${SUGGESTED_NAME.length}"
        pattern="[A-Za-z][A-Za-z0-9_\\-]{1,14}|${SUGGESTED_NAME}"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="username-hint${refused ? ' username-error' : ''}"
        aria-invalid="${refused ? 'true' : 'false'}"
      />
      <p class="hint" id="username-hint">
        Any name will do: a letter, then letters, digits, _ and -. A new one makes a new user.
      </p>
      ${refused ? html`<p class="error" id="username-error" role="alert">${refused.why}</p>` : ''}
      <div class="buttons">
        <button class="primary" name="decision" value="allow">Yes, allow access</button>
        <button name="decision" value="deny" formnovalidate>No, thanks</button>
      </div>
    </form>`;
}

/** For the desktop flow, where nobody sends the browser back. */
export function accessGiven(username: string): Html {
  return html`<h1>Access was given</h1>
    <p>The application may now act as <strong>${username}</strong>. You can close this page and go back to it.</p>`;
}

export function accessNotGiven({ callback }: ConsentRequest): Html {
  return html`<h1>Access was not given</h1>
    <p>Nothing has changed. The application cannot act in your name.</p>
    ${callback === null ? '' : html`<p><a href="${new URL(callback).origin}">Back to ${new URL(callback).host}</a></p>`}`;
}

export function consentProblem(why: string): Html {
  return html`<h1>This cannot be allowed</h1>
    <p class="error" role="alert">${why}</p>`;
}

function applicationOf({ callback }: ConsentRequest): Html {
  return callback === null
    ? html`An application on this computer`
    : html`The application at <strong>${new URL(callback).host}</strong>`;
}
