import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  idleMinutes,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appTerminalPermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  WorkspaceAddress,
  WorkspaceOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireBuilder } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import type { WorkspaceHost } from './WorkspaceHost';
import { WorkspaceService } from './WorkspaceService';

const quantity = z
  .string()
  .regex(
    /^[0-9]+(\.[0-9]+)?(m|Ki|Mi|Gi)?$/,
    'must be a quantity such as 500m or 2Gi',
  );

const newWorkspace = z.strictObject({
  environment: z.string().max(63),
  cpu: quantity,
  memory: quantity,
  storage: quantity,
  idleMinutes: z.int().min(idleMinutes.min).max(idleMinutes.max),
});

const notConfigured =
  'This portal has no address for workspaces; ask the platform team to set bailiwick.workspaces';

/** Workspaces of apps: JupyterLab in a pod, for one person each. */
export function createWorkspacesFeature({
  apps,
  authorizer,
  host,
  kubernetes,
}: FeatureContext & {
  /** Opens workspaces in browsers; absent if no address is configured for them. */
  host?: WorkspaceHost;
}): Feature {
  const router = Router();
  const base = '/tenants/:tenant/apps/:app/workspaces';
  const service = new WorkspaceService({ kubernetes });

  /** Returns an app whose code the person can change. */
  const changeableApp = async (
    person: Person,
    req: Request,
  ): Promise<AppView> => {
    const { tenant, app } = req.params;
    const view = apps.get(person, tenant, app);
    await requireBuilder(authorizer, req, view, 'use workspaces');
    return view;
  };

  /** A workspace has a terminal. */
  const requireTerminal = (req: Request, environment: string) =>
    authorizer.requireIn(
      req,
      appTerminalPermission,
      req.params.tenant,
      environment,
    );

  const workspaceOf = (req: Request): Workspace => {
    const { app, tenant, workspace } = req.params;
    return service.get(tenant, app, workspace);
  };

  /** @throws NotAllowedError when the workspace belongs to another person */
  const ownWorkspace = async (
    person: Person,
    req: Request,
  ): Promise<Workspace> => {
    await changeableApp(person, req);
    const workspace = workspaceOf(req);
    if (workspace.spec.owner !== person.user)
      throw new NotAllowedError('This workspace belongs to another person');
    await requireTerminal(req, workspace.spec.environment);
    return workspace;
  };

  router.get(base, async (req, res) => {
    const person = await authorizer.authenticate(req);
    const app = await changeableApp(person, req);
    const options: WorkspaceOptions = {
      ...service.options(app),
      ...(!host && { problem: notConfigured }),
    };
    res.json(options);
  });

  router.post(
    base,
    authorizer.answerAudited(
      'workspace-create',
      async (person, req) => {
        const app = await changeableApp(person, req);
        if (!host) throw new ConflictError(notConfigured);
        const wanted = parse(newWorkspace, req.body);
        await requireTerminal(req, wanted.environment);
        await service.create(person, app, wanted);
        return {};
      },
      { status: 201 },
    ),
  );

  router.post(
    `${base}/:workspace/start`,
    authorizer.answerAudited('workspace-start', async (person, req) => {
      await service.start(person, await ownWorkspace(person, req));
      return {};
    }),
  );

  router.post(
    `${base}/:workspace/stop`,
    authorizer.answerAudited('workspace-stop', async (person, req) => {
      await changeableApp(person, req);
      await service.stop(person, workspaceOf(req));
      return {};
    }),
  );

  router.delete(
    `${base}/:workspace`,
    authorizer.answerAudited('workspace-delete', async (person, req) => {
      await changeableApp(person, req);
      await service.delete(person, workspaceOf(req));
    }),
  );

  router.post(
    `${base}/:workspace/session`,
    authorizer.answerAudited(
      'workspace-open',
      async (person, req): Promise<WorkspaceAddress> => {
        const workspace = await ownWorkspace(person, req);
        if (!host) throw new ConflictError(notConfigured);
        if (workspace.status?.phase !== 'Running')
          throw new ConflictError(
            'The workspace is not running yet; start it, and wait until it runs',
          );
        return { url: await host.open(person, workspace) };
      },
    ),
  );

  return {
    router,
    ...(host && { start: () => host.start(), stop: () => host.stop() }),
  };
}
