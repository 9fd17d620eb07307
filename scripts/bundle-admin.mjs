import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { root } from './run-tool.mjs';

/** Puts everything that the browser loads for the panel into one folder: AdminJS's own scripts and ours. */
const folder = path.join(root, 'dist', 'admin-panel');
const browser = path.join(root, 'admin', 'browser');
mkdirSync(folder, { recursive: true });

// AdminJS reads both when it is imported. Its folder may have no dot in its path: Babel would pass it over.
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_TMP_DIR = path.join('dist', 'admin-panel');
process.chdir(root);
const { AdminJS, ComponentLoader } = await import('adminjs');

const componentLoader = new ComponentLoader();
componentLoader.add('PanelDashboard', path.join(browser, 'dashboard'));
componentLoader.add('PanelActionForm', path.join(browser, 'action-form'));
await new AdminJS({ componentLoader }).initialize();
copyFileSync(path.join(folder, 'bundle.js'), path.join(folder, 'components.bundle.js'));
rmSync(path.join(folder, 'bundle.js'));
rmSync(path.join(folder, 'entry.js'));

const adminjs = path.dirname(createRequire(import.meta.url).resolve('adminjs'));
const designSystem = path.dirname(
  path.dirname(createRequire(path.join(adminjs, 'index.js')).resolve('@adminjs/design-system')),
);
const scripts = path.join(adminjs, 'lib', 'frontend', 'assets', 'scripts');
for (const [from, to] of [
  [path.join(scripts, 'global-bundle.production.js'), 'global.bundle.js'],
  [path.join(scripts, 'app-bundle.production.js'), 'app.bundle.js'],
  [path.join(designSystem, 'bundle.production.js'), 'design-system.bundle.js'],
  ...['start-state.js', 'start.js', 'panel.css'].map((name) => [path.join(browser, name), name]),
]) {
  copyFileSync(from, path.join(folder, to));
}
