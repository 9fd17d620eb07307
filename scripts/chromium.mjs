import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A Chromium for the browser journeys: CHROMIUM_PATH, or one that is installed, or, on Debian as root, one that is
 * installed now. @returns its path, or undefined
 */
export function findChromium() {
  const configured = process.env.CHROMIUM_PATH;
  if (configured) {
    return configured;
  }
  return USUAL_PLACES.find((place) => existsSync(place)) ?? installOnDebian();
}

function installOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return undefined;
  }
  process.stdout.write('Installing Chromium for the browser journeys …\n');
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const isInstalled = apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  return isInstalled ? '/usr/bin/chromium' : undefined;
}
