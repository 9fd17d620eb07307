import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
/** Everyone who is measured comes from one address. */
const LIMITS = { RATE_LIMIT_ADDRESS: '1000000', RATE_LIMIT_SIGN_IN: '1000000', RATE_LIMIT_USER: '1000000' };
const CLOCK_TICKS_PER_SECOND = 100;

/** The built server as a process, with what it has used so far. */
export async function startMeasuredServer(env, nodeArguments = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeArguments, MAIN], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      PORT: String(port),
      PUBLIC_URL: 'http://127.0.0.1',
      ...LIMITS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('is running')) {
        resolve();
      }
    });
    child.once('exit', () => reject(new Error('The server did not start.')));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stdout: child.stdout,
    usage: () => usageOf(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** A port that is free at this moment. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** CPU seconds since the start and the most megabytes of memory; only Linux tells. */
function usageOf(pid) {
  if (!existsSync(`/proc/${pid}/stat`)) {
    return { cpuSeconds: NaN, peakMegabytes: NaN };
  }
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND,
    peakMegabytes: Math.round(Number(peak) / 1024),
  };
}
