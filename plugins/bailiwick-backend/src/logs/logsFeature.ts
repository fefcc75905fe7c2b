import {
  environmentNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { type Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { LogMessage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import { once } from 'node:events';
import type { Feature, FeatureContext } from '../feature';
import { ConcurrencyLimiter, parse } from '../http';
import { isFollowed, onDisconnect, openStream } from '../live';
import { findPod, podsOf } from '../pods';
import { truncationNotes, LogFollower } from './LogFollower';
import { logQuery } from './logQuery';
import { sourcesOf } from './LogSource';
import { readLog } from './readLog';
import { streamLog } from './streamLog';

/** Containers whose logs are merged, those of the youngest pods first. */
const mostSources = 30;

const logLimits = {
  perKey: 8,
  total: 200,
  perKeyMessage: () => 'You have 8 logs open, the maximum; close one first',
  totalMessage:
    '200 logs are open in this portal, the maximum; try again later',
};

/** Logs of an app: of one container as text, and of all its pods merged. */
export function createLogsFeature({
  apps,
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  const { lists } = kubernetes;
  const limiter = new ConcurrencyLimiter(logLimits);
  const base = '/tenants/:tenant/apps/:app/environments/:environment';

  /** Returns the person when they may read; reads and refusals are audited. */
  const authorizeReader = (req: Request): Promise<Person> => {
    const place = placeOf(req);
    const { tenant, app, environment } = place;
    return authorizer.runAudited(req, 'log-read', place, async person => {
      apps.getIn(person, tenant, app, environment);
      await authorizer.requireAppRead(req, tenant, app);
      return person;
    });
  };

  /** Takes a slot until the response ends, which also happens when the person loses access. */
  const admit = (req: Request, res: Response, person: Person) => {
    const { tenant, app } = req.params;
    const leave = limiter.acquire(person.user);
    const closed = new AbortController();
    const stop = lists.tenants.subscribe(() => {
      try {
        apps.get(person, tenant, app);
      } catch {
        closed.abort();
        res.destroy();
      }
    });
    onDisconnect(res, () => {
      closed.abort();
      leave();
      stop();
    });
    return closed.signal;
  };

  router.get(`${base}/pods/:pod/log`, async (req, res) => {
    const person = await authorizeReader(req);
    const { follow, ...selection } = parse(
      logQuery.extend({ follow: logQuery.shape.previous }),
      req.query,
    );
    const { metadata } = findPod(lists, placeOf(req), req.params.pod);
    const gone = admit(req, res, person);
    const { container } = selection;
    const source = {
      pod: metadata.name,
      namespace: metadata.namespace!,
      container,
    };
    const client = kubernetes.asIn(person, source.namespace);
    await streamLog(res, client, source, { ...selection, follow }, gone);
  });

  router.get(`${base}/log`, async (req, res) => {
    const person = await authorizeReader(req);
    const { environment, tenant } = req.params;
    const selection = parse(logQuery, req.query);
    const client = kubernetes.asIn(
      person,
      environmentNamespace(tenant, environment),
    );
    const { container, pod } = selection;
    const all = () => {
      // Pods of runs have a log of their own, and are selected by name.
      const pods = podsOf(lists, placeOf(req)).filter(({ metadata }) =>
        pod ? metadata.name === pod : metadata.labels?.[labels.app],
      );
      return sourcesOf(pods, container);
    };
    const signal = admit(req, res, person);
    const begun = all();
    const read = await readLog(
      client,
      begun.slice(0, mostSources),
      selection,
      signal,
    );
    const first = {
      ...read,
      notes: [...truncationNotes(begun, mostSources), ...read.notes],
    };
    if (!isFollowed(req)) {
      res.json(first);
      return;
    }
    const write = openStream<LogMessage>(res, kubernetes);
    const namespace = environmentNamespace(tenant, environment);
    await new LogFollower({
      client,
      selection,
      first,
      sources: all,
      most: mostSources,
      onChange: listener =>
        lists.pods.subscribe(({ object }) => {
          if (object.metadata.namespace === namespace) listener();
        }),
      async send(message) {
        write(message);
        if (res.writableNeedDrain) await once(res, 'drain', { signal });
      },
      signal,
    })
      .run()
      .catch(() => {}); // Disconnected, or access was lost.
    res.end();
  });
  return { router };
}

function placeOf({ params: { tenant, app, environment } }: Request) {
  return { tenant, app, environment };
}
