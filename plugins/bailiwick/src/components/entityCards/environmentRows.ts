import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { deployedAt } from '../deployedAt';
import type { ExplainedHealth } from './healthColumns';

/** An environment of an app in a line. */
export interface EnvironmentRow extends ExplainedHealth {
  name: string;
  runs: string;
  pods: string;
  /** When what runs was deployed, RFC 3339. */
  deployed?: string;
}

/** What runs of an app in each of its environments. */
export function environmentRows(app: AppView): EnvironmentRow[] {
  const { spec, status } = app;
  return spec.environments.map(({ name, release }) => {
    const seen = status?.environments?.find(one => one.name === name);
    const revision = seen?.revision ?? spec.source.revision;
    return {
      name,
      health: seen?.health ?? 'Unknown',
      why: seen?.why ?? 'The operator has not reconciled it yet.',
      runs: seen?.release ?? release ?? `draft, commit ${revision.slice(0, 8)}`,
      stale: seen?.stale,
      pods: seen ? `${seen.pods.ready}/${seen.pods.desired}` : '–',
      deployed: deployedAt(app, name),
    };
  });
}
