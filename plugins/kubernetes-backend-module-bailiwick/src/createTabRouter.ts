import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { coreKinds, resourcePath } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesClustersSupplier } from '@backstage/plugin-kubernetes-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request, RequestHandler } from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import { addOurClusters } from './addOurClusters';
import type { AppAccess } from './AppAccess';
import { listedClusters } from './clusters';
import { isOurRequest } from './isOurRequest';
import { withBackstageErrors } from './withBackstageErrors';

/** Limits of a log: its newest lines. */
const maxLog = { lines: 10_000, bytes: 10_000_000 };

/**
 * Returns the routes of the Kubernetes plugin with Bailiwick's clusters added. The proxy to these clusters passes on
 * only the requests of the tab's dialogs, the log and the events of an app's pod, as the reader. Reading a log is
 * audited as on the Deploy tab. Requests for the portal's own clusters go to the plugin's routes.
 *
 * @param options - `others`: the plugin's own routes; `clusterSupplier`: the portal's own clusters
 */
export function createTabRouter({
  access,
  auditor,
  clusterSupplier,
  httpAuth,
  kubernetes,
  others,
}: {
  access: AppAccess;
  auditor: AuditorService;
  clusterSupplier: KubernetesClustersSupplier;
  httpAuth: HttpAuthService;
  kubernetes: KubernetesService;
  others: RequestHandler;
}) {
  const proxy = Router();
  const { lists } = kubernetes;

  /** @throws NotAllowedError for who may not read the pod's app, and for a pod that is of none */
  const readerOf = async (
    req: Request,
    namespace: string,
    name: string,
  ): Promise<{ person: Person; tenant: string }> => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const found = lists.pods.get(name, namespace)?.metadata.labels;
    const tenant = found?.[labels.tenant];
    const app = found?.[labels.name];
    const person =
      tenant && app
        ? await access.reader(credentials, { tenant, name: app })
        : undefined;
    if (!person || !tenant)
      throw new NotAllowedError(
        `Pod "${name}" was not found, or you have no permission to read it`,
      );
    return { person, tenant };
  };

  const openLog = async (req: Request, signal: AbortSignal) => {
    const { namespace, pod } = req.params;
    const { person } = await readerOf(req, namespace, pod);
    const { container, previous } = req.query;
    const { body } = await withBackstageErrors(
      kubernetes.asIn(person, namespace).stream({
        path: resourcePath(coreKinds.pods, {
          namespace,
          name: pod,
          subresource: 'log',
        }),
        query: {
          container: typeof container === 'string' ? container : undefined,
          // The tab sends the name without a value.
          previous: previous !== undefined && previous !== 'false',
          tailLines: maxLog.lines,
          limitBytes: maxLog.bytes,
        },
        signal,
      }),
    );
    return body;
  };

  proxy.get('/api/v1/namespaces/:namespace/pods/:pod/log', async (req, res) => {
    const { namespace, pod } = req.params;
    const closed = new AbortController();
    res.on('close', () => closed.abort());
    const event = await auditor.createEvent({
      eventId: 'log-read',
      request: req,
      severityLevel: 'medium',
      meta: { namespace, pod },
    });
    const body = await openLog(req, closed.signal).catch(async error => {
      await event.fail({ error });
      throw error;
    });
    await event.success();
    res.type('text/plain').set('X-Content-Type-Options', 'nosniff');
    // A closed dialog ends the stream.
    await pipeline(body, res).catch(() => res.destroy());
  });

  proxy.get('/api/v1/namespaces/:namespace/events', async (req, res) => {
    const { namespace } = req.params;
    const [, pod] =
      /^involvedObject\.name=([^,]+)$/.exec(String(req.query.fieldSelector)) ??
      [];
    if (!pod)
      throw new InputError('Add fieldSelector=involvedObject.name=<pod>');
    const { person, tenant } = await readerOf(req, namespace, pod);
    const listing = { tenant, namespace, group: '', resource: 'events' };
    if (!(await withBackstageErrors(access.mayList(person, listing))))
      throw new NotAllowedError(
        `You have no permission to list events in ${namespace}`,
      );
    const items = lists.events
      .list()
      .filter(
        ({ involvedObject, metadata }) =>
          metadata.namespace === namespace && involvedObject?.name === pod,
      );
    res.json({ apiVersion: 'v1', kind: 'EventList', metadata: {}, items });
  });

  proxy.use(async () => {
    throw new NotAllowedError(
      'The portal serves only logs and events of app pods. Use kubectl for anything else.',
    );
  });

  const router = Router();
  router.get('/clusters', async (_req, res) => {
    addOurClusters(res, listedClusters(kubernetes));
    return 'next';
  });
  router.use('/proxy', async (req, res, next) => {
    const isOurs = await isOurRequest(req, {
      lists,
      portalClusters: async () =>
        clusterSupplier.getClusters({
          credentials: await httpAuth.credentials(req),
        }),
    });
    if (!isOurs) return 'next';
    proxy(req, res, next);
    return undefined;
  });
  router.use(others);
  return router;
}
