import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';
import type { Observation } from '@bailiwick/backstage-kube-controller';

/** Metrics of the controllers, named as in controller-runtime so that its dashboards fit. */
export interface Metrics {
  registry: Registry;
  observe(observation: Observation): void;
}

/** Creates an own registry, so that several operators can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const total = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Reconciliations by result',
    labelNames: ['controller', 'result'],
    registers,
  });
  const time = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'Length of reconciliations, seconds',
    labelNames: ['controller'],
    registers,
  });
  const depth = new Gauge({
    name: 'workqueue_depth',
    help: 'Keys that wait',
    labelNames: ['name'],
    registers,
  });
  return {
    registry,
    observe: ({ controller, result, seconds, depth: waiting }) => {
      total.inc({ controller, result });
      time.observe({ controller }, seconds);
      depth.set({ name: controller }, waiting);
    },
  };
}
