// An app process that holds the embedded PostgreSQL, for the tests to kill in every way.
// Arguments: the compiled folder of the module, the data folder, the settings as JSON. Says what happens as JSON lines.
// "release" on its input makes it let go and end; the end of its input (the test has died) too.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [moduleFolder, dataDir, settings] = process.argv.slice(2);
const say = (message) => new Promise((said) => process.stdout.write(`${JSON.stringify(message)}\n`, said));
const { startEmbeddedPostgres } = await import(pathToFileURL(`${moduleFolder}/index.js`).href);
const { Client } = createRequire(`${moduleFolder}/index.js`)('pg');

let postgres;
try {
  postgres = await startEmbeddedPostgres({
    dataDir,
    settings: JSON.parse(settings),
    log: (line) => say({ kind: 'log', line }),
  });
} catch (error) {
  await say({ kind: 'failed', name: error.name, message: error.message });
  process.exit(1);
}
postgres.onLost((reason) => void say({ kind: 'lost', reason }));

const letGo = async () => {
  await postgres.release();
  process.exit(0);
};
createInterface({ input: process.stdin }).on('line', letGo).on('close', letGo);

// What an app does on Ctrl-C: it still writes what it has to, in its own time, and then lets go.
process.on('SIGINT', async () => {
  try {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('select pg_sleep(0.3)');
    await client.query('create table flushed ()');
    await client.end();
    await say({ kind: 'flushed' });
  } catch (error) {
    await say({ kind: 'failed', name: error.name, message: error.message });
  }
  await letGo();
});

await say({ kind: 'up', url: postgres.url });
