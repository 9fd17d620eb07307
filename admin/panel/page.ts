import { type AdminJS, AppController } from 'adminjs';

import type { PanelUser } from './create-panel.js';

const ASSETS = '/admin/frontend/assets';

/**
 * The one page of the panel. AdminJS's own has inline scripts and a font of another host, which our content security policy
 * forbids: so its start state travels as data, and files of ours start it.
 */
export async function renderPage(panel: AdminJS, user: PanelUser): Promise<string> {
  const original = await new AppController({ admin: panel }, user).index();
  const state = { state: readAssigned(original, 'REDUX_STATE'), theme: readAssigned(original, 'THEME') };
  const scripts = ['start-state', 'global.bundle', 'design-system.bundle', 'app.bundle', 'components.bundle', 'start'];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Administration · Universal Scrobbler</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="${ASSETS}/panel.css">
    <script type="application/json" id="start-state">${JSON.stringify(state).replaceAll('<', '\\u003c')}</script>
    ${scripts.map((name) => `<script defer src="${ASSETS}/${name}.js"></script>`).join('\n    ')}
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>`;
}

/** What AdminJS's page assigns to a global, on a line of its own. */
function readAssigned(html: string, name: string): unknown {
  const assigned = new RegExp(`window\\.${name} = (.*);$`, 'm').exec(html)?.[1];
  if (assigned === undefined) {
    throw new Error(`The page of AdminJS assigns no ${name} any more.`);
  }
  return JSON.parse(assigned);
}
