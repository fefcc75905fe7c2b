import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type express from 'express';
import Router from 'express-promise-router';
import type { BailiwickConfig } from './BailiwickConfig';
import { registerResources, Resources } from './access';
import { AppPreflight, AppService, createAppsRouter, RunService } from './apps';
import { createClusterRouter } from './cluster';
import { createExportRouter, ExportService } from './export';
import { createFleetRouter } from './fleet';
import {
  CatalogPeople,
  createGitRouter,
  GitHost,
  Publisher,
  RepositoryService,
} from './git';
import { createGrantsRouter, GrantService } from './grants';
import { answerKubeErrors, Caller, readJson } from './http';
import { createMeRouter } from './me';
import { createPacksRouter } from './packs';
import {
  createPodsRouter,
  OperationService,
  Prometheus,
  VerbService,
} from './pods';
import {
  createReleasesRouter,
  EnvironmentService,
  PromotionService,
  ReleaseService,
} from './releases';
import {
  CatalogSubjects,
  createPreflightRouter,
  createRequestsRouter,
  PreflightService,
  RequestService,
  TenantProblems,
} from './requests';
import { createTenantsRouter } from './tenants';

/** What the routes are made of. */
export interface RouterOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: BailiwickConfig;
  httpAuth: HttpAuthService;
  kubernetes: KubernetesService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
}

/** All routes of the plugin. */
export function createRouter(options: RouterOptions): express.Router {
  const { config, kubernetes, lifecycle } = options;
  const caller = new Caller(options);
  const resources = new Resources({ kubernetes });
  registerResources(options.permissionsRegistry, resources);
  const host = new GitHost({ directory: config.repositories });
  const repositories = new RepositoryService({ host, kubernetes, config });
  const people = new CatalogPeople(options);
  const publisher = new Publisher({ ...options, people, repositories });
  publisher.start();
  lifecycle.addShutdownHook(() => publisher.stop());
  const grants = new GrantService({ kubernetes, config });
  const router = Router();
  router.use(
    '/git',
    createGitRouter({
      host,
      repositories,
      grants,
      kubernetes,
      people,
      publisher,
    }),
  );
  router.use(readJson);
  router.use(createMeRouter({ caller }));
  router.use(createClusterRouter({ caller, kubernetes }));
  router.use(createPacksRouter({ caller, kubernetes }));
  router.use(createTenantsRouter({ caller, kubernetes }));
  router.use(
    createExportRouter({
      caller,
      exports: new ExportService({ kubernetes, host }),
      resources,
    }),
  );
  const subjects = new CatalogSubjects(options);
  const problems = new TenantProblems({ kubernetes, subjects });
  router.use(
    createPreflightRouter({
      caller,
      preflight: new PreflightService({ kubernetes, problems }),
    }),
  );
  const requests = new RequestService({ kubernetes, problems, subjects });
  router.use(
    createRequestsRouter({
      caller,
      kubernetes,
      requests,
      resources,
    }),
  );
  const apps = new AppService({ kubernetes, repositories });
  router.use(
    createAppsRouter({
      caller,
      kubernetes,
      apps,
      preflight: new AppPreflight({ apps, kubernetes }),
      repositories,
      resources,
      runs: new RunService({ apps, kubernetes }),
    }),
  );
  router.use(createFleetRouter({ caller, kubernetes, resources }));
  router.use(
    createPodsRouter({
      apps,
      caller,
      kubernetes,
      operations: new OperationService({ apps, kubernetes }),
      verbs: new VerbService({ apps, kubernetes }),
      prometheus: config.prometheus && new Prometheus(config.prometheus),
      resources,
    }),
  );
  const releases = new ReleaseService({ kubernetes });
  const promotions = new PromotionService({
    apps,
    kubernetes,
    releases,
    requests,
  });
  router.use(
    createReleasesRouter({
      apps,
      caller,
      environments: new EnvironmentService({ kubernetes }),
      promotions,
      releases,
      repositories,
      resources,
    }),
  );
  router.use(createGrantsRouter({ caller, grants, resources }));
  router.use(answerKubeErrors);
  return router;
}
