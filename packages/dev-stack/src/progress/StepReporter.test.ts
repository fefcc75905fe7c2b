import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import type { Reporter } from './Reporter';
import { StepReporter } from './StepReporter';

describe('StepReporter', () => {
  const state = (component: object) =>
    ({
      why: '',
      steps: [],
      components: [
        { name: 'etcd', ready: true, restarts: 0, log: '/log', ...component },
      ],
    } as unknown as ClusterState);

  it("reports each exit of a cluster's part and its recovery once", () => {
    const said: string[] = [];
    const output = { say: (text: string) => said.push(text) };
    const reporter = new StepReporter(output as unknown as Reporter);
    const lastEnd = { how: 'exit 1', pauseSeconds: 0.2 };
    const down = { ready: false, restarts: 1, lastEnd };
    reporter.tell(state({}));
    reporter.tell(state(down));
    reporter.tell(state(down));
    reporter.tell(state({ restarts: 1, lastEnd, seconds: 1.23 }));
    reporter.tell(state({ restarts: 1, lastEnd, seconds: 1.23 }));
    expect(said).toEqual([
      '✘ etcd ended (exit 1, see /log): restarting in 0.2 s',
      '✔ etcd is ready again (1.2 s)',
    ]);
  });

  it('restarts counting with a new cluster process', () => {
    const said: string[] = [];
    const output = { say: (text: string) => said.push(text) };
    const reporter = new StepReporter(output as unknown as Reporter);
    const lastEnd = { how: 'exit 1', pauseSeconds: 0.2 };
    reporter.tell(state({ restarts: 1, lastEnd }));
    reporter.tell(state({ restarts: 0 }));
    reporter.tell(state({ restarts: 1, lastEnd }));
    expect(said.filter(text => text.startsWith('✘'))).toHaveLength(2);
  });
});
