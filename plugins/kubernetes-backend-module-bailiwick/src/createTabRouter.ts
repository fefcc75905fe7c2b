import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { coreKinds, resourcePath } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request, RequestHandler } from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import type { AppAccess } from './AppAccess';
import { withBackstageErrors } from './withBackstageErrors';

/** Most of a log that the tab is given: its newest lines. */
const most = { lines: 10_000, bytes: 10_000_000 };

/**
 * The routes of the Kubernetes plugin, with a proxy of ours: it passes on what the tab's dialogs ask for, the log
 * and the events of a pod of an app, as the person who looks, and nothing else. Who read a log, or was refused, is
 * audited as on the Deploy tab.
 *
 * @param options - `others`: the plugin's own routes
 */
export function createTabRouter({
  access,
  auditor,
  httpAuth,
  kubernetes,
  others,
}: {
  access: AppAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  kubernetes: KubernetesService;
  others: RequestHandler;
}) {
  const router = Router();
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
        `You may not look into the pod "${name}", or it is gone`,
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
          // The tab says it by the name alone.
          previous: previous !== undefined && previous !== 'false',
          tailLines: most.lines,
          limitBytes: most.bytes,
        },
        signal,
      }),
    );
    return body;
  };

  router.get(
    '/proxy/api/v1/namespaces/:namespace/pods/:pod/log',
    async (req, res) => {
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
      // A reader who goes ends it.
      await pipeline(body, res).catch(() => res.destroy());
    },
  );

  router.get('/proxy/api/v1/namespaces/:namespace/events', async (req, res) => {
    const { namespace } = req.params;
    const [, pod] =
      /^involvedObject\.name=([^,]+)$/.exec(String(req.query.fieldSelector)) ??
      [];
    if (!pod)
      throw new InputError('Ask for events with involvedObject.name=<pod>');
    const { person, tenant } = await readerOf(req, namespace, pod);
    const listing = { tenant, namespace, group: '', resource: 'events' };
    if (!(await withBackstageErrors(access.mayList(person, listing))))
      throw new NotAllowedError('You may not see events there');
    const items = lists.events
      .list()
      .filter(
        ({ involvedObject, metadata }) =>
          metadata.namespace === namespace && involvedObject?.name === pod,
      );
    res.json({ apiVersion: 'v1', kind: 'EventList', metadata: {}, items });
  });

  router.use('/proxy', async () => {
    throw new NotAllowedError(
      'The portal passes on logs and events of the pods of apps, and nothing else',
    );
  });
  router.use(others);
  return router;
}
