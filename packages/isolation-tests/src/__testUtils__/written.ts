import {
  grantKind,
  runKind,
  type App,
  type ChangeRequest,
  type Grant,
  type Release,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  app,
  inDays,
  release,
  request,
} from '@bailiwick/backstage-testing/objects';

const group = '/apis/bailiwick.dev/v1alpha1';
const home = 'alpha--home';
export const apps = `${group}/namespaces/${home}/apps`;
export const grants = `${group}/namespaces/${home}/grants`;
export const releases = `${group}/namespaces/${home}/releases`;
export const runs = `${group}/namespaces/${home}/runs`;
export const requests = `${group}/changerequests`;
export const user = 'user:default/alpha-builder';

export const anApp = (changes: Partial<App['spec']> = {}) =>
  app('written', home, { owner: 'group:default/alpha', ...changes });
export const aGrant = (changes: Partial<Grant['spec']> = {}): Grant => ({
  apiVersion: grantKind.apiVersion,
  kind: grantKind.kind,
  metadata: { name: 'written', namespace: home },
  spec: {
    app: 'prices',
    environment: 'dev',
    subject: user,
    membership: user,
    client: 'api',
    expiresAt: inDays(1),
    tokenHash: `sha256:${'0'.repeat(64)}`,
    ...changes,
  },
});
export const aRelease = (
  changes: Partial<Release['spec']> = {},
  name = `prices-r${changes.number ?? 1}`,
) => release(name, home, { createdBy: user, ...changes });
export const aRun = (parameters: Run['spec']['parameters']): Run => ({
  apiVersion: runKind.apiVersion,
  kind: runKind.kind,
  metadata: { name: 'prices-written', namespace: home },
  spec: {
    app: 'prices',
    environment: 'dev',
    trigger: 'person',
    requestedBy: user,
    parameters,
  },
});
export const aPromotion = (
  parameters: Record<string, unknown>,
  proposed: Record<string, unknown> = {},
): ChangeRequest =>
  request('written', 'alpha', {
    action: 'promote',
    target: { kind: 'App', name: 'prices', namespace: home },
    proposed: {
      environment: 'prod',
      release: 'prices-r1',
      parameters,
      ...proposed,
    },
    requestedBy: user,
  });

/** A contract with one function whose parameters have this JSON Schema. */
export const taking = (parameters: Record<string, unknown>) => ({
  contract: {
    functions: [
      { name: 'prices', parameters, result: { kind: 'table' as const } },
    ],
  },
});

/** A value in so many lists. */
export function nested(levels: number, innermost: unknown = 1): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
