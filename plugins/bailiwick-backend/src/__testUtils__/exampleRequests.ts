import { aTenant } from './createTenant';
import type { Route } from './routesOf';

/** Values for the parameters of a path. */
export const parameters: Record<string, string> = {
  tenant: 'rates-desk',
  app: 'feed',
  environment: 'dev',
  pod: 'feed-1',
  grant: 'feed-api-bea',
  run: 'feed-1f2e3d4c',
  build: 'feed-0a1b2c3d4e5f',
  workspace: 'feed.default.bea',
  verb: 'reload_curve',
  fn: 'mean',
  session: '0b5d2f6e-8f0e-4a55-9f3b-1d2c3b4a5968',
  name: 'waiting',
  pack: 'market',
  archetype: 'price-feed',
  guide: 'connect',
};

const reason = 'The morning meeting needs it.';

/** Bodies that are right, by route. */
export const bodies: Record<string, Record<string, unknown>> = {
  'POST /tenants/:tenant/apps/:app/environments/:environment/verbs/:verb': {
    parameters: {},
  },
  'POST /requests': {
    name: 'new-desk',
    spec: aTenant('new-desk').spec,
    reason,
  },
  'POST /requests/preflight': {
    name: 'new-desk',
    spec: aTenant('new-desk').spec,
  },
  'POST /requests/:name/decision': { verdict: 'approve', reason },
  'POST /requests/:name/comments': { text: 'Why so large?' },
  'POST /requests/:name/withdrawal': {},
  'POST /requests/:name/revocation': {},
  'POST /tenants/:tenant/apps/:app/access': {
    environment: 'dev',
    days: 30,
    reason,
  },
  'POST /tenants/:tenant/requests': {
    action: 'setMembers',
    proposed: { members: [{ subject: 'user:default/bea', role: 'viewer' }] },
    reason,
  },
  'POST /tenants/:tenant/repositories': {
    name: 'feed',
    files: [{ path: 'functions.py', content: '# prices\n' }],
  },
  'POST /tenants/:tenant/apps/preflight': {
    name: 'feed',
    title: 'Feed',
    archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
    answers: { symbols: 'AAPL' },
    environment: 'dev',
  },
  'POST /tenants/:tenant/apps': {
    name: 'feed',
    title: 'Feed',
    description: 'Prices.',
    archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
    answers: { symbols: 'AAPL' },
    environment: 'dev',
  },
  'POST /tenants/:tenant/apps/:app/commits': {
    base: '0'.repeat(40),
    message: 'Add prices',
    files: [{ path: 'functions.py', content: '# prices\n' }],
  },
  'POST /tenants/:tenant/apps/:app/tries': {
    base: '0'.repeat(40),
    files: [{ path: 'functions.py', content: '# prices\n' }],
    function: 'prices',
    parameters: { symbols: ['AAPL'] },
  },
  'POST /tenants/:tenant/apps/:app/releases': { environment: 'dev' },
  'POST /tenants/:tenant/apps/:app/promotions/preflight': {
    environment: 'prod',
    release: 'feed-r1',
  },
  'PUT /tenants/:tenant/apps/:app/environments/:environment/settings': {
    parameters: {},
  },
  'POST /tenants/:tenant/apps/:app/promotions': {
    environment: 'prod',
    release: 'feed-r1',
    reason,
  },
  'POST /tenants/:tenant/apps/:app/runs': { environment: 'dev' },
  'POST /tenants/:tenant/apps/:app/runs/:run/cancellation': {},
  'POST /tenants/:tenant/apps/:app/builds/:build/cancellation': {},
  'POST /tenants/:tenant/apps/:app/builds/:build/repetition': {},
  'POST /tenants/:tenant/apps/:app/workspaces': {
    environment: 'dev',
    cpu: '1',
    memory: '1Gi',
    storage: '2Gi',
    idleMinutes: 60,
  },
  'POST /tenants/:tenant/apps/:app/workspaces/:workspace/start': {},
  'POST /tenants/:tenant/apps/:app/workspaces/:workspace/stop': {},
  'POST /tenants/:tenant/apps/:app/workspaces/:workspace/session': {},
  'POST /tenants/:tenant/apps/:app/repository/deployer': {},
  'POST /tenants/:tenant/apps/:app/environments/:environment/restart': {},
  'POST /tenants/:tenant/apps/:app/environments/:environment/suspension': {
    suspended: true,
  },
  'POST /tenants/:tenant/apps/:app/environments/:environment/scale': {
    min: 2,
    max: 2,
  },
  'POST /tenants/:tenant/apps/:app/environments/:environment/canary': {
    canary: { percent: 10, minutes: 10 },
  },
  'POST /tenants/:tenant/apps/:app/environments/:environment/address': {
    address: false,
  },
  'POST /tenants/:tenant/apps/:app/environments/:environment/pods/:pod/terminals':
    { columns: 80, rows: 24 },
  'POST /tenants/:tenant/apps/:app/environments/:environment/pods/:pod/terminals/:session/input':
    { text: 'x' },
  'POST /tenants/:tenant/apps/:app/environments/:environment/pods/:pod/terminals/:session/size':
    { columns: 80, rows: 24 },
  'POST /tenants/:tenant/apps/:app/grants': {
    client: 'api',
    environment: 'dev',
    functions: ['prices'],
    presets: { symbol: 'AAPL' },
    days: 1,
  },
};

/** Key of a route in {@link bodies}. */
export function keyOfRoute({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** The path of a route with values for its parameters, each percent-encoded. */
export function addressOf(
  { path }: Route,
  values: Record<string, string> = {},
): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? parameters[name]),
  );
}
