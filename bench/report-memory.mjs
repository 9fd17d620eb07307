/** Loaded into the server before it starts: on SIGUSR2 it collects garbage and says what is left. Needs --expose-gc. */
process.on('SIGUSR2', () => {
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  process.stdout.write(`memory ${JSON.stringify({ rss, heapUsed })}\n`);
});
