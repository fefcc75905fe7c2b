import { aTenant } from './giveTenant';
import type { Route } from './routesOf';

/** What stands for the parameters of a path. */
export const parameters: Record<string, string> = {
  tenant: 'rates-desk',
  app: 'feed',
  environment: 'dev',
  pod: 'feed-1',
  grant: 'feed-api-bea',
  name: 'waiting',
  pack: 'finance',
  archetype: 'price-feed',
};

const reason = 'The morning meeting needs it.';

/** Bodies that are right, by route. */
export const bodies: Record<string, Record<string, unknown>> = {
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
  'POST /requests/:name/withdrawal': {},
  'POST /tenants/:tenant/requests': {
    action: 'setMembers',
    proposed: { members: [{ subject: 'user:default/bea', role: 'viewer' }] },
    reason,
  },
  'POST /tenants/:tenant/repositories': {
    name: 'feed',
    files: [{ path: 'functions.py', content: '# prices\n' }],
  },
  'POST /tenants/:tenant/apps': {
    name: 'feed',
    title: 'Feed',
    description: 'Prices.',
    archetype: { pack: 'finance', version: '1.0.0', name: 'price-feed' },
    answers: { symbols: 'AAPL' },
    environment: 'dev',
  },
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
