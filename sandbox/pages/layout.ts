import type { FastifyReply } from 'fastify';

import { Html, html } from './html.js';

/** No script, nothing from elsewhere, in nobody's frame. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = new Html(`<style>
:root { color-scheme: light dark; --accent: #b5121b; --on-accent: #fff; --line: #8884; --muted: #595959; --card: #fff;
  --page: #f4f2f1; --text: #1c1a1a; }
@media (prefers-color-scheme: dark) { :root { --accent: #ff7b80; --on-accent: #1c1a1a; --muted: #b3adad; --card: #242121;
  --page: #171515; --text: #f1eeee; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
.notice { margin: 0; padding: .6rem 1rem; background: #ffe08a; color: #3a2c00; text-align: center; font-weight: 600; }
main { max-width: 46rem; margin: 2rem auto; padding: 1.5rem 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; overflow-wrap: anywhere; }
main.narrow { max-width: 30rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.125rem; }
a { color: var(--accent); }
label { display: block; margin-top: 1.25rem; font-weight: 600; }
input { width: 100%; margin-top: .25rem; padding: .6rem .75rem; border: 1px solid var(--muted); border-radius: .4rem;
  background: var(--page); color: inherit; font: inherit; }
.hint { margin: .25rem 0 0; color: var(--muted); font-size: .875rem; font-weight: 400; }
.error { margin: .5rem 0 0; color: var(--accent); font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button { padding: .6rem 1.1rem; border: 1px solid var(--accent); border-radius: .4rem; background: none;
  color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid #2f7de1; outline-offset: 2px; }
code { font-size: .9em; }
.playing { padding: .75rem 1rem; border-left: 4px solid var(--accent); background: var(--page); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .45rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
time { white-space: nowrap; }
</style>`);

interface Page {
  readonly title: string;
  /** Whom the sandbox imitates. */
  readonly host: string;
  readonly body: Html;
  readonly isNarrow?: boolean;
  readonly refreshSeconds?: number;
}

export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'cache-control': 'no-store' })
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(renderPage(page).markup);
}

function renderPage({ title, host, body, isNarrow, refreshSeconds }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${title} · Sandbox ${host}</title>
        ${STYLE}
      </head>
      <body>
        <header class="notice">
          This is a SANDBOX. It only imitates ${host}, on this computer; nothing reaches the real one.
        </header>
        <main class="${isNarrow ? 'narrow' : 'wide'}">${body}</main>
      </body>
    </html> `;
}
