import {
  environmentNamespace,
  homeNamespace,
  runtimePort,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  CallsView,
  EnvironmentPlace,
  MetricsView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Router from 'express-promise-router';
import type { PrometheusOptions } from '../config';
import type { Feature, FeatureContext } from '../feature';
import { answerValue, isFollowed } from '../live';
import { readyPods } from '../pods';
import {
  emptyView,
  MetricsSampler,
  type MetricsSource,
} from './MetricsSampler';
import { deployMarkers } from './deployMarkers';
import { callsOf } from './callsOf';
import { Prometheus } from './Prometheus';
import { PrometheusSource } from './PrometheusSource';
import { RuntimeSource } from './RuntimeSource';

/** Interval and retention of samples in milliseconds. */
const ofPods = { interval: 10_000, kept: 30 * 60_000 };
const ofPrometheus = { interval: 30_000, kept: 60 * 60_000 };

/** Metrics of an app, from a Prometheus, or from its pods for the last half hour in which someone viewed them. */
export function createMetricsFeature({
  apps,
  authorizer,
  kubernetes,
  prometheus: prometheusOptions,
}: FeatureContext & { prometheus?: PrometheusOptions }): Feature {
  const router = Router();
  const prometheus = prometheusOptions && new Prometheus(prometheusOptions);
  const times = prometheus ? ofPrometheus : ofPods;
  const all = new Map<string, MetricsSampler>();

  const sourceOf = ({
    app,
    environment,
    tenant,
  }: EnvironmentPlace): MetricsSource => {
    const namespace = environmentNamespace(tenant, environment);
    const runtime = new RuntimeSource({
      ...times,
      pods: () => readyPods(kubernetes.lists.pods.list(), namespace, app),
      ask: ({ metadata: { name } }) =>
        kubernetes.callPod({ namespace, name, port: runtimePort }, '/metrics'),
    });
    if (!prometheus) return runtime;
    return new PrometheusSource({
      ...times,
      prometheus,
      namespace,
      app,
      otherwise: runtime,
      markers: () =>
        deployMarkers(
          kubernetes.lists.apps.get(app, homeNamespace(tenant)),
          environment,
        ),
    });
  };
  const samplerOf = (place: EnvironmentPlace): MetricsSampler => {
    for (const [key, one] of all) if (one.isStale) all.delete(key);
    const key = Object.values(place).join('/');
    const sampler =
      all.get(key) ??
      new MetricsSampler({
        ...times,
        source: sourceOf(place),
        empty: emptyView(prometheus ? 'prometheus' : 'runtime', times),
      });
    all.set(key, sampler);
    return sampler;
  };

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/metrics',
    async (req, res) => {
      const { tenant, app, environment } = req.params;
      const person = await authorizer.authenticate(req);
      apps.getIn(person, tenant, app, environment);
      await authorizer.requireAppRead(req, tenant, app);
      const sampler = samplerOf({ tenant, app, environment });
      // A single read of stored metrics need not wait for a second sample.
      if (prometheus && !isFollowed(req)) await sampler.sampleOnce();
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
  router.get('/tenants/:tenant/apps/:app/calls', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    const { environments } = apps.get(person, tenant, app).spec;
    await authorizer.requireAppRead(req, tenant, app);
    const samplers = environments.map(
      ({ name: environment }) =>
        [environment, samplerOf({ tenant, app, environment })] as const,
    );
    answerValue<CallsView>(req, res, {
      freshness: kubernetes,
      read() {
        apps.get(person, tenant, app);
        return {
          calls: callsOf(
            samplers.map(([name, one]) => [name, one.view()]),
            Date.now(),
          ),
        };
      },
      subscribe(listener) {
        const stops = [
          ...samplers.map(([, one]) => one.watch(listener)),
          kubernetes.lists.tenants.subscribe(listener),
        ];
        return () => stops.forEach(stop => stop());
      },
    });
  });
  return { router };
}
