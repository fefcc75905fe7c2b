import { Registry } from 'prom-client';
import { Controller } from '../controller';
import { ControllerMetrics } from './ControllerMetrics';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('ControllerMetrics', () => {
  it('counts under the names of controller-runtime', async () => {
    const registry = new Registry();
    const metrics = new ControllerMetrics(registry);
    const stop = new AbortController();
    let runs = 0;
    const controller = new Controller({
      name: 'thing',
      log,
      watches: [],
      observer: metrics.observerFor('thing', 1),
      reconcile: async () => {
        runs += 1;
        if (runs === 1) throw new Error('not yet');
        stop.abort();
      },
    });
    metrics.watch([controller]);
    metrics.setLeading('lease', true);
    metrics.observeRequest({
      host: 'server:6443',
      method: 'GET',
      status: 200,
      seconds: 0.1,
    });
    controller.enqueue('a');
    await controller.run(stop.signal);

    const text = await registry.metrics();
    for (const line of [
      'controller_runtime_reconcile_total{controller="thing",result="error"} 1',
      'controller_runtime_reconcile_total{controller="thing",result="success"} 1',
      'controller_runtime_reconcile_errors_total{controller="thing"} 1',
      'controller_runtime_reconcile_time_seconds_count{controller="thing"} 2',
      'controller_runtime_active_workers{controller="thing"} 0',
      'controller_runtime_max_concurrent_reconciles{controller="thing"} 1',
      'workqueue_adds_total{name="thing"} 2',
      'workqueue_retries_total{name="thing"} 1',
      'workqueue_depth{name="thing"} 0',
      'workqueue_work_duration_seconds_count{name="thing"} 2',
      'workqueue_unfinished_work_seconds{name="thing"} 0',
      'leader_election_master_status{name="lease"} 1',
      'rest_client_requests_total{code="200",method="GET",host="server:6443"} 1',
    ])
      expect(text).toContain(line);
  });
});
