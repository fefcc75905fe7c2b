import { toKey } from '@bailiwick/backstage-kube-controller';
import type { RunContext } from './RunContext';

/**
 * Returns why code may not run in an environment, `undefined` when it may: a protected environment
 * runs only promoted code, also in later steps of a started run.
 *
 * @param digest - of the code
 */
export function protectionProblem(
  { home, instance, placement: { caches } }: RunContext,
  digest: string,
): string | undefined {
  const { app, environment, tenant } = instance;
  const there = <T extends { name: string }>(all: T[] = []) =>
    all.find(({ name }) => name === environment);
  if (!there(caches.tenants.get(tenant)?.spec.environments)?.protected)
    return undefined;
  const wanted = there(caches.apps.get(app, home)?.spec.environments);
  const promoted = caches.releases
    .index('app', toKey(app, home))
    .find(({ metadata }) => metadata.uid === wanted?.promoted);
  if (!promoted)
    return `Environment ${environment} is protected, and the code of this run was not promoted to it.`;
  return promoted.spec.bundle.digest === digest
    ? undefined
    : 'A different release was promoted.';
}
