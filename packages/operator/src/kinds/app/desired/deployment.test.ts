import type { Workload } from '../workload';
import { desiredDeployment } from './deployment';

const limits = {
  cpu: '500m',
  memory: '512Mi',
  seconds: 30,
  rows: 1000,
  concurrency: 4,
};
const workload: Workload = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  namespace: 'desk--prod',
  commit: '3f9c1e2',
  bundle: { source: 'feed-3f9c1e2', copy: 'feed-3f9c1e2', digest: 'sha256:1' },
  user: { id: 1000, isMapped: true },
  image: 'bailiwick/python',
  limits,
  requests: { cpu: '100m', memory: '128Mi' },
};

/** Names of the limits in the runtime's environment. */
function told(some: Workload['limits']): Record<string, string> {
  const { spec } = desiredDeployment({ ...workload, limits: some }) as any;
  const [{ env }] = spec.template.spec.containers;
  return Object.fromEntries(
    env
      .filter(({ name }: { name: string }) => /LIMIT/.test(name))
      .map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
}

describe('desiredDeployment', () => {
  const calls = {
    BAILIWICK_LIMIT_SECONDS: '30',
    BAILIWICK_LIMIT_ROWS: '1000',
    BAILIWICK_LIMIT_CONCURRENCY: '4',
  };

  it('leaves the limits of streams to the runtime unless the pack has some', () => {
    expect(told(limits)).toEqual(calls);
    expect(told({ ...limits, rowsPerSecond: 5, streamSeconds: 600 })).toEqual({
      ...calls,
      BAILIWICK_LIMIT_ROWS_PER_SECOND: '5',
      BAILIWICK_LIMIT_STREAM_SECONDS: '600',
    });
  });

  it('tries code in drafts only', () => {
    const variables = (isDraft: boolean) => {
      const { spec } = desiredDeployment({ ...workload, isDraft }) as any;
      return spec.template.spec.containers[0].env;
    };
    const variable = { name: 'BAILIWICK_DRAFT', value: '1' };
    expect(variables(true)).toContainEqual(variable);
    expect(variables(false)).not.toContainEqual(variable);
  });
});
