import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  appTerminalPermission,
  cordonRefusal,
  isPlatformEngineer,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { environmentResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { permissionRefusal } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { ConcurrencyLimiter, parse } from '../http';
import { findPod, isPodOfRun } from '../pods';
import { ExecStream } from './ExecStream';
import { shells } from './shells';
import { streamTerminal } from './streamTerminal';
import { TerminalSession } from './TerminalSession';

const limits = { idle: 10 * 60_000, longest: 60 * 60_000 };

const terminalLimits = {
  perKey: 3,
  total: 50,
  perKeyMessage: () =>
    'You have 3 terminals open, the maximum; close one first',
  totalMessage:
    '50 terminals are open in this portal, the maximum; try again later',
};

const size = z.strictObject({
  columns: z.int().min(2).max(500),
  rows: z.int().min(2).max(300),
});
const newTerminal = size.extend({ container: z.string().max(63).optional() });
const input = z.strictObject({ text: z.string().min(1).max(8_192) });

/** As in the policy `bailiwick-terminals`. */
const noTerminalInRuns =
  'No terminal can be opened in the pod of a run; read its log, or open a terminal in a pod that serves calls';
const withdrawn = 'You no longer have permission to use this terminal.';

/** Terminals in pods: one stream of output for each, and input by calls of the person whose it is. */
export function createTerminalFeature({
  apps,
  authorizer,
  kubernetes,
  resources,
}: FeatureContext): Feature {
  const router = Router();
  const { lists } = kubernetes;
  const limiter = new ConcurrencyLimiter(terminalLimits);
  const sessions = new Map<string, TerminalSession>();
  const base =
    '/tenants/:tenant/apps/:app/environments/:environment/pods/:pod/terminals';

  /** Returns a function that explains why a person may have no terminal, `undefined` when they may. */
  const refusalFor = async (req: Request, person: Person) => {
    const { tenant, app, environment } = req.params;
    const permits = await authorizer.permits(
      req,
      appTerminalPermission,
      environmentResourceRef,
    );
    return (): string | undefined => {
      apps.get(person, tenant, app);
      const resource = resources.environment(tenant, environment);
      if (!permits(resource))
        return permissionRefusal(appTerminalPermission, resource?.environment);
      return isPlatformEngineer(person)
        ? undefined
        : cordonRefusal(tenant, resource?.tenant?.spec.cordon);
    };
  };

  const placeOf = ({ params: { tenant, app, environment, pod } }: Request) => ({
    tenant,
    app,
    environment,
    pod,
  });

  async function open(req: Request, person: Person): Promise<TerminalSession> {
    const refusal = await refusalFor(req, person);
    const why = refusal();
    if (why) throw new NotAllowedError(why);
    const { container, ...wanted } = parse(newTerminal, req.body);
    const place = placeOf(req);
    const found = findPod(lists, place, place.pod);
    if (isPodOfRun(found)) throw new NotAllowedError(noTerminalInRuns);
    const { metadata } = found;
    const { name: pod, namespace = '' } = metadata;
    const client = kubernetes.asIn(person, namespace);
    const stops = [limiter.acquire(person.user)];
    const stop = () => stops.forEach(one => one());
    try {
      const session = await TerminalSession.open({
        user: person.user,
        shells,
        size: wanted,
        limits,
        run: ({ command }, now) =>
          ExecStream.open(client, {
            namespace,
            pod,
            container,
            command,
            size: now,
          }),
        onEnd(reason) {
          stop();
          const meta = { ...place, reason };
          authorizer
            .runAudited(req, 'terminal-close', meta, async () => {})
            .catch(() => {}); // Signed out meanwhile; the event is audited as failed.
        },
      });
      sessions.set(session.id, session);
      stops.push(
        () => sessions.delete(session.id),
        lists.tenants.subscribe(() => {
          if (isRefused(refusal)) session.end(withdrawn);
        }),
      );
      // The permission may have been withdrawn meanwhile.
      if (isRefused(refusal)) session.end(withdrawn);
      return session;
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** Returns the person's own terminal while they may use it. Use is not audited, a refusal is. */
  async function own(req: Request, eventId: string): Promise<TerminalSession> {
    const person = await authorizer.authenticate(req);
    const session = sessions.get(req.params.session);
    if (session?.user !== person.user)
      return authorizer.runAudited(req, eventId, placeOf(req), async () => {
        throw new NotFoundError(
          'This terminal has ended or belongs to another user; open a new terminal',
        );
      });
    if (!isRefused(await refusalFor(req, person))) return session;
    session.end(withdrawn);
    return authorizer.runAudited(req, eventId, placeOf(req), async () => {
      throw new NotAllowedError(withdrawn);
    });
  }

  router.post(base, async (req, res) => {
    const session = await authorizer.runAudited(
      req,
      'terminal-open',
      placeOf(req),
      person => open(req, person),
    );
    streamTerminal(res, session);
  });

  router.post(`${base}/:session/input`, async (req, res) => {
    const session = await own(req, 'terminal-input');
    if (!session.write(parse(input, req.body).text))
      throw new ConflictError('The program no longer accepts input');
    res.status(204).end();
  });

  router.post(`${base}/:session/size`, async (req, res) => {
    const session = await own(req, 'terminal-size');
    session.resize(parse(size, req.body));
    res.status(204).end();
  });
  return { router };
}

/** Returns true also when the app or the tenant was deleted. */
function isRefused(refusal: () => string | undefined): boolean {
  try {
    return refusal() !== undefined;
  } catch {
    return true;
  }
}
