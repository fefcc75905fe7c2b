import type {
  AppCallTotals,
  AppView,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { appReadPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { deployMarkers } from '../metrics/deployMarkers';
import { readyPods } from '../pods';
import { mostPods } from '../usage/UsageCollector';
import type { UsageHistory, UsageSlot } from '../usage/UsageHistory';
import { GatewayHistory, type Counted } from './GatewayHistory';
import { gatewaysNotConfigured, type Gateways } from './Gateways';
import { withUsage } from './withUsage';
import { spans, viewHistory, viewTotals } from './viewHistory';

const query = z.object({
  span: z.enum(['day', 'hours']).default('day'),
  environment: z.string().max(63).optional(),
});

const notConfigured: Counted = {
  histories: [],
  notes: [gatewaysNotConfigured],
};

/**
 * Calls of apps through the gateways and usage of their pods, from before anyone looked:
 * `GET /tenants/:tenant/apps/:app/history` of one app, and `GET /calls` with the calls of the last 24 hours for each app that the
 * person may see.
 */
export function createHistoryFeature({
  apps,
  authorizer,
  gateways,
  kubernetes,
  resources,
  usage,
}: FeatureContext & {
  gateways?: Gateways;
  usage: UsageHistory;
}): Feature {
  const router = Router();
  const calls = gateways && new GatewayHistory(gateways);

  /** Returns the usage of an app's pods in one of its environments; nothing for all environments together. */
  const usageIn = (
    { metadata: { name: app }, spec, tenant }: AppView,
    environment: string | undefined,
    seconds: number,
  ): { slots: UsageSlot[]; notes: string[] } => {
    if (!spec.environments.some(({ name }) => name === environment))
      return { slots: [], notes: [] };
    const namespace = environmentNamespace(tenant, environment!);
    const pods = readyPods(kubernetes.lists.pods.list(), namespace, app).length;
    return {
      slots: usage.read({ namespace, app }, seconds),
      notes:
        pods > mostPods
          ? [
              `CPU and memory are those of the ${mostPods} newest of ${pods} pods.`,
            ]
          : [],
    };
  };

  router.get('/tenants/:tenant/apps/:app/history', async (req, res) => {
    const { tenant, app: name } = req.params;
    const { environment, span } = parse(query, req.query);
    const person = await authorizer.authenticate(req);
    const app = apps.get(person, tenant, name);
    await authorizer.requireAppRead(req, tenant, name);
    const { histories, notes } =
      (await calls?.read(spans[span].seconds, {
        tenant,
        app: name,
      })) ?? notConfigured;
    const createdAt = app.metadata.creationTimestamp;
    const view = viewHistory(
      histories,
      { createdAt, environment, span },
      Date.now(),
    );
    const used = usageIn(app, environment, spans[span].seconds);
    res.json({
      ...view,
      points: withUsage(view.points, used.slots, {
        createdAt,
        seconds: view.seconds,
      }),
      markers: deployMarkers(app, environment).filter(
        ({ at }) => at >= view.from,
      ),
      notes: [...notes, ...used.notes],
    } satisfies CallHistoryView);
  });

  router.get('/calls', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const permits = await authorizer.permits(
      req,
      appReadPermission,
      appResourceRef,
    );
    const seen = kubernetes.lists.apps.list().flatMap(app => {
      const view = permits(resources.app(app)) && apps.view(app, person);
      if (!view) return [];
      const { creationTimestamp: createdAt, name } = view.metadata;
      return [{ tenant: view.tenant, app: name, createdAt }];
    });
    const { histories } =
      (await calls?.read(spans.day.seconds)) ?? notConfigured;
    const items: AppCallTotals[] = viewTotals(histories, seen, Date.now());
    res.json({ items });
  });
  return { router };
}
