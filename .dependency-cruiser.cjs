/** Which module may use which, from the floor up. A module that is not in a list may not be imported, not even its types. */
const MAY_USE = {
  lastfm: [],
  auth: ['lastfm'],
  platforms: ['auth'],
  playlists: ['auth', 'lastfm', 'platforms'],
  scrobbling: ['lastfm', 'playlists', 'platforms'],
  voice: ['auth', 'lastfm', 'scrobbling'],
  analytics: ['auth', 'scrobbling'],
  community: ['auth', 'playlists', 'analytics'],
  'discord-bot': ['auth', 'lastfm', 'platforms', 'playlists', 'scrobbling', 'voice', 'analytics', 'community'],
  ingest: ['auth', 'lastfm', 'scrobbling', 'analytics'],
};

/** The floor below the modules, and what each part of it may use. */
const FLOOR = {
  common: [],
  config: ['common'],
  'embedded-postgres': [],
  jobs: ['common', 'config'],
  events: ['common', 'config', 'jobs'],
};

const moduleOrder = Object.entries(MAY_USE).map(([name, uses]) => ({
  name: `${name}-uses-only-${uses.join('-') || 'no-module'}`,
  severity: 'error',
  from: { path: `^src/modules/${name}/` },
  to: { path: '^src/modules/', pathNot: `^src/modules/(${[name, ...uses].join('|')})/` },
}));

const floorOrder = Object.entries(FLOOR).map(([name, uses]) => ({
  name: `floor-${name}-uses-only-${uses.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^(src|admin|sandbox|web)/', pathNot: `^src/(${[name, ...uses].join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...floorOrder,
    ...moduleOrder,
    {
      name: 'known-modules-only',
      comment: 'A new module gets its place in the order (MAY_USE) first.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/(${Object.keys(MAY_USE).join('|')})/` },
      to: {},
    },
    {
      name: 'through-the-door',
      comment: "Another module's files are reached through its index.ts only.",
      severity: 'error',
      from: { path: '^(src/modules/([^/]+)|admin|src/cli)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$2/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'the-app-uses-doors-too',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'not-your-own-door',
      comment: 'Inside a module, import the file itself: going out and in again is how barrels make cycles.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: 'index\\.ts$' },
      to: { path: '^src/modules/$1/index\\.ts$' },
    },
    {
      name: 'modules-know-no-app',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/(main|app\\.module|openapi)\\.ts$|^src/(cli|embedded-postgres)/' },
    },
    {
      name: 'src-knows-no-admin',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app\\.module\\.ts$' },
      to: { path: '^admin/' },
    },
    {
      name: 'web-knows-only-http',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|sandbox|migrations|test)/' },
    },
    {
      name: 'sandbox-knows-nothing-of-ours',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|web|admin|migrations|test)/' },
    },
    {
      name: 'only-the-start-knows-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|sandbox-hosts)\\.ts$' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      from: { path: '^(src|admin|sandbox|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'discord-stays-in-the-bot',
      severity: 'error',
      from: { pathNot: '^(src/modules/discord-bot|test|sandbox)/' },
      to: { path: 'node_modules/(necord|discord\\.js)' },
    },
    {
      name: 'adminjs-stays-in-admin',
      severity: 'error',
      from: { pathNot: '^admin/' },
      to: { path: 'node_modules/(adminjs|@adminjs)' },
    },
    {
      name: 'no-sql-in-the-interface',
      severity: 'error',
      from: { path: '(\\.controller|\\.dto|\\.command)\\.ts$|^src/modules/(discord-bot|ingest)/' },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm|pg)/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      // AdminJS keeps its design system, made for another React than ours, to itself; its pages get it from its bundle.
      to: { couldNotResolve: true, pathNot: '^@adminjs/design-system$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mts', '.mjs', '.js', '.json', '.css'],
    },
  },
};
