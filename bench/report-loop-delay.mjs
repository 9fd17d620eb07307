import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into the server before it starts: on SIGUSR2 it says how long its event loop was held up since the last time. */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('SIGUSR2', () => {
  const milliseconds = (nanoseconds) => Math.round(nanoseconds / 1e6);
  const [p50, p99, most] = [delay.percentile(50), delay.percentile(99), delay.max].map(milliseconds);
  delay.reset();
  process.stdout.write(`loop ${JSON.stringify({ p50, p99, most })}\n`);
});
