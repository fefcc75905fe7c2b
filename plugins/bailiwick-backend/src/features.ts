import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { AppReader, Authorizer, registerResources, Resources } from './access';
import { createAppsFeature } from './apps';
import { createClusterFeature } from './cluster';
import type { BailiwickConfig } from './config';
import { createDeploymentFeature } from './deployment';
import { createExportFeature } from './export';
import type { Feature, FeatureContext } from './feature';
import { createFleetFeature } from './fleet';
import { createGitFeature, GitHost, RepositoryService } from './git';
import { createGrantsFeature, GrantService } from './grants';
import { createLogsFeature } from './logs';
import { createMeFeature } from './me';
import { createMetricsFeature } from './metrics';
import { createNotificationsFeature } from './notifications';
import { createOperationsFeature } from './operations';
import { createPacksFeature } from './packs';
import { createReleasesFeature } from './releases';
import {
  CatalogSubjects,
  createRequestsFeature,
  RequestService,
} from './requests';
import { createRunsFeature } from './runs';
import { createTenantsFeature } from './tenants';
import { createTerminalFeature } from './terminal';

/** Services of Backstage and settings that the features need. */
export interface FeatureOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: BailiwickConfig;
  database: DatabaseService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  kubernetes: KubernetesService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
}

/** Creates all features of the plugin. */
export function createFeatures(services: FeatureOptions): Feature[] {
  const { config, kubernetes } = services;
  const resources = new Resources({ kubernetes });
  registerResources(services.permissionsRegistry, resources);
  const context: FeatureContext = {
    apps: new AppReader({ kubernetes }),
    authorizer: new Authorizer(services),
    kubernetes,
    resources,
  };
  const host = new GitHost({ directory: config.repositories });
  const repositories = new RepositoryService({ host, kubernetes, config });
  const grants = new GrantService({ kubernetes, config });
  const subjects = new CatalogSubjects(services);
  const requests = new RequestService({ kubernetes, subjects });
  return [
    createGitFeature({ ...services, host, repositories, grants }),
    createMeFeature(context),
    createClusterFeature(context),
    createPacksFeature(context),
    createTenantsFeature(context),
    createExportFeature({ ...context, host }),
    createRequestsFeature({ ...services, ...context, requests, subjects }),
    createAppsFeature({ ...context, repositories }),
    createDeploymentFeature(context),
    createRunsFeature(context),
    createFleetFeature(context),
    createOperationsFeature(context),
    createLogsFeature(context),
    createMetricsFeature({ ...context, prometheus: config.prometheus }),
    createTerminalFeature(context),
    createReleasesFeature({ ...context, repositories, requests }),
    createGrantsFeature({ ...context, grants }),
    createNotificationsFeature({ ...services, subjects }),
  ];
}
