import {
  environmentNamespace,
  type MetricsView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { type KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { requireAppRead, type Resources } from '../../access';
import type { AppService } from '../../apps';
import type { Caller } from '../../http';
import { answerValue } from '../../live';
import { readyPods, runtimePort } from '../readyPods';
import { MetricsSampler } from './MetricsSampler';

const interval = 10_000;
const kept = 30 * 60_000;

/** What the pods of an app count, of the last half hour as far as somebody looked. */
export function createMetricsRouter({
  apps,
  caller,
  kubernetes,
  resources,
}: {
  apps: AppService;
  caller: Caller;
  kubernetes: KubernetesService;
  resources: Resources;
}) {
  const router = Router();
  const samplers = new Map<string, MetricsSampler>();

  const samplerOf = (app: string, namespace: string): MetricsSampler => {
    for (const [key, one] of samplers) if (one.isStale) samplers.delete(key);
    const key = `${namespace}/${app}`;
    const sampler =
      samplers.get(key) ??
      new MetricsSampler({
        interval,
        kept,
        pods: () => readyPods(kubernetes.lists.pods.list(), namespace, app),
        ask: ({ metadata: { name } }) =>
          kubernetes.askPod({ namespace, name, port: runtimePort }, '/metrics'),
      });
    samplers.set(key, sampler);
    return sampler;
  };

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/metrics',
    async (req, res) => {
      const { tenant, app, environment } = req.params;
      const person = await caller.person(req);
      apps.getIn(person, tenant, app, environment);
      await requireAppRead({ caller, resources }, req, tenant, app);
      const namespace = environmentNamespace(tenant, environment);
      const sampler = samplerOf(app, namespace);
      answerValue<MetricsView>(req, res, {
        freshness: kubernetes,
        read() {
          apps.get(person, tenant, app);
          return sampler.view();
        },
        subscribe(listener) {
          const stops = [
            sampler.watch(listener),
            kubernetes.lists.tenants.subscribe(listener),
          ];
          return () => stops.forEach(stop => stop());
        },
      });
    },
  );
  return router;
}
