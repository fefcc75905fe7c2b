import { NotFoundError } from '@backstage/errors';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  labels,
  type LogMessage,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { type KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import { once } from 'node:events';
import { requireAppRead, type Resources } from '../../access';
import type { AppService } from '../../apps';
import { parse, type Caller } from '../../http';
import { onGone, openStream } from '../../live';
import { Turnstile } from '../Turnstile';
import { cutNotes, LogFollower } from './LogFollower';
import { logQuery } from './LogSelection';
import { sourcesOf } from './LogSource';
import { readLog } from './readLog';
import { streamLog } from './streamLog';

/** Containers whose logs are read together; those of the youngest pods. */
const mostSources = 30;

/** The logs of an app: of one container as text, and of all its pods as one. */
export function createLogRouter({
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
  const { lists } = kubernetes;
  const turnstile = new Turnstile('logs', { each: 8, all: 200 });
  const base = '/tenants/:tenant/apps/:app/environments/:environment';

  /** Who reads, when they may; who read a log, or was refused, is audited. */
  const reader = (req: Request): Promise<Person> => {
    const { tenant, app, environment } = req.params;
    const place = { tenant, app, environment };
    return caller.change(req, 'log-read', place, async person => {
      apps.getIn(person, tenant, app, environment);
      await requireAppRead({ caller, resources }, req, tenant, app);
      return person;
    });
  };

  /** Counts a reader in until the answer ends, which it does when they may read no more. */
  const admit = (req: Request, res: Response, person: Person) => {
    const { tenant, app } = req.params;
    const leave = turnstile.enter(person.user);
    const closed = new AbortController();
    const stop = lists.tenants.subscribe(() => {
      try {
        apps.get(person, tenant, app);
      } catch {
        closed.abort();
        res.destroy();
      }
    });
    onGone(res, () => {
      closed.abort();
      leave();
      stop();
    });
    return closed.signal;
  };

  /** Pods of the app, the youngest first. */
  const podsOf = ({ params: { app, environment, tenant } }: Request): Pod[] => {
    const namespace = environmentNamespace(tenant, environment);
    return lists.pods
      .list()
      .filter(
        ({ metadata }) =>
          metadata.namespace === namespace &&
          metadata.labels?.[labels.name] === app,
      )
      .sort((a, b) => birthOf(b).localeCompare(birthOf(a)));
  };

  const findPod = (req: Request, name: string): Pod => {
    const found = podsOf(req).find(({ metadata }) => metadata.name === name);
    if (found) return found;
    const { app, environment } = req.params;
    throw new NotFoundError(
      `The app "${app}" has no pod "${name}" in ${environment}`,
    );
  };

  router.get(`${base}/pods/:pod/log`, async (req, res) => {
    const person = await reader(req);
    const { follow, ...selection } = parse(
      logQuery.extend({ follow: logQuery.shape.previous }),
      req.query,
    );
    const { metadata } = findPod(req, req.params.pod);
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
    const person = await reader(req);
    const { environment, tenant } = req.params;
    const selection = parse(logQuery, req.query);
    const client = kubernetes.asIn(
      person,
      environmentNamespace(tenant, environment),
    );
    const { container, pod } = selection;
    const all = () => {
      // Those of runs have a log of their own, and are asked for by name.
      const pods = podsOf(req).filter(({ metadata }) =>
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
      notes: [...cutNotes(begun, mostSources), ...read.notes],
    };
    if (req.query.watch !== 'true') {
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
      .catch(() => {}); // The reader went, or may read no more.
    res.end();
  });
  return router;
}

function birthOf({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
