import type {
  AppCallTotals,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { appReadPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { deployMarkers } from '../metrics/deployMarkers';
import { GatewayHistory, type Counted } from './GatewayHistory';
import { spans, viewHistory, viewTotals } from './viewHistory';

const query = z.object({
  span: z.enum(['day', 'hours']).default('day'),
  environment: z.string().max(63).optional(),
});

const notConfigured: Counted = {
  histories: [],
  notes: [
    'This portal does not know its gateways. Set bailiwick.gateway.metricsUrl.',
  ],
};

/**
 * Calls of apps through the gateways, counted since before anyone looked:
 * `GET /tenants/:tenant/apps/:app/history` of one app, and `GET /calls` of the last 24 hours for each app that the
 * person may see.
 */
export function createHistoryFeature({
  apps,
  authorizer,
  gatewayMetricsUrl,
  kubernetes,
  resources,
}: FeatureContext & { gatewayMetricsUrl?: string }): Feature {
  const router = Router();
  const gateways = gatewayMetricsUrl
    ? new GatewayHistory(gatewayMetricsUrl)
    : undefined;

  router.get('/tenants/:tenant/apps/:app/history', async (req, res) => {
    const { tenant, app: name } = req.params;
    const { environment, span } = parse(query, req.query);
    const person = await authorizer.authenticate(req);
    const app = apps.get(person, tenant, name);
    await authorizer.requireAppRead(req, tenant, name);
    const { histories, notes } =
      (await gateways?.read(spans[span].seconds, {
        tenant,
        app: name,
      })) ?? notConfigured;
    const createdAt = app.metadata.creationTimestamp;
    const view = viewHistory(
      histories,
      { createdAt, environment, span },
      Date.now(),
    );
    res.json({
      ...view,
      markers: deployMarkers(app, environment).filter(
        ({ at }) => at >= view.from,
      ),
      notes,
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
      (await gateways?.read(spans.day.seconds)) ?? notConfigured;
    const items: AppCallTotals[] = viewTotals(histories, seen, Date.now());
    res.json({ items });
  });
  return { router };
}
