import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns when other code was deployed to an environment, or to any, oldest first. */
export function deployMarkers(
  app: App | undefined,
  environment?: string,
): MetricsView['markers'] {
  return (app?.status?.history ?? [])
    .filter(one => !environment || one.environment === environment)
    .map(({ at, commit, release }) => ({
      at,
      commits: [release ?? commit ?? ''],
    }))
    .reverse();
}
