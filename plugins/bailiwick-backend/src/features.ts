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
import type {
  KubernetesService,
  PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  AppReader,
  Authorizer,
  CatalogSubjects,
  registerResources,
  Resources,
} from './authorization';
import { createAppsFeature } from './apps/appsFeature';
import { createBuildsFeature } from './builds/buildsFeature';
import { createClusterFeature } from './cluster/clusterFeature';
import { createCodeFeature } from './code/codeFeature';
import type { BailiwickConfig } from './config';
import { createDeploymentFeature } from './deployment/deploymentFeature';
import { createDownloadsFeature } from './downloads/downloadsFeature';
import { createExportFeature } from './export/exportFeature';
import { createDocsFeature } from './docs/docsFeature';
import type { Feature, FeatureContext } from './feature';
import { createFleetFeature } from './fleet/fleetFeature';
import { createGitFeature } from './git/gitFeature';
import { createExternalFeature } from './git/externalFeature';
import { Deployers } from './git/Deployers';
import { ExternalRepositories } from './git/ExternalRepositories';
import { GitHost } from './git/GitHost';
import { Publisher } from './git/Publisher';
import { RepositoryService } from './git/RepositoryService';
import { createGrantsFeature } from './grants/grantsFeature';
import { GrantService } from './grants/GrantService';
import { createSuspensionFeature } from './grants/suspensionFeature';
import { Gateways } from './history/Gateways';
import { createHistoryFeature } from './history/historyFeature';
import { createLogsFeature } from './logs/logsFeature';
import { createMeFeature } from './me/meFeature';
import { createMetricsFeature } from './metrics/metricsFeature';
import { createNotificationsFeature } from './notifications/notificationsFeature';
import { createOperationsFeature } from './operations/operationsFeature';
import { createPacksFeature } from './packs/packsFeature';
import { createPreviewFeature } from './preview/previewFeature';
import { createReadsFeature } from './reads/readsFeature';
import { createReleasesFeature } from './releases/releasesFeature';
import { createAccessFeature } from './requests/accessFeature';
import { createRequestsFeature } from './requests/requestsFeature';
import { RequestService } from './requests/RequestService';
import { createRunsFeature } from './runs/runsFeature';
import { createTenantsFeature } from './tenants/tenantsFeature';
import { createTerminalFeature } from './terminal/terminalFeature';
import { WorkspaceHost } from './workspaces/WorkspaceHost';
import { createWorkspacesFeature } from './workspaces/workspacesFeature';
import { UsageHistory } from './usage/UsageHistory';
import { createUsageFeature } from './usage/usageFeature';

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
  people: PeopleService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
}

/** Creates all features of the plugin. */
export function createFeatures(services: FeatureOptions): Feature[] {
  const { config, kubernetes } = services;
  const resources = new Resources({ kubernetes });
  registerResources(services.permissionsRegistry, resources);
  const { addressOf } = config.gitHost;
  const apps = new AppReader({ kubernetes, addressOf });
  const context: FeatureContext = {
    apps,
    authorizer: new Authorizer({
      ...services,
      platformGroup: config.platformGroup,
      resources,
    }),
    kubernetes,
    resources,
  };
  const host = new GitHost({ directory: config.repositories });
  const subjects = new CatalogSubjects({
    ...services,
    platformGroup: config.platformGroup,
  });
  const deployers = new Deployers({ ...services, host, subjects });
  const external = new ExternalRepositories({
    config: config.gitHost,
    deployers,
    host,
    kubernetes,
  });
  const repositories = new RepositoryService({
    config,
    external,
    host,
    kubernetes,
  });
  const grants = new GrantService({ kubernetes, config });
  const publisher = new Publisher({ ...services, repositories, subjects });
  const requests = new RequestService({ apps, kubernetes, subjects });
  const usage = new UsageHistory();
  const gateways = config.gatewayMetricsUrl
    ? new Gateways(config.gatewayMetricsUrl)
    : undefined;
  const workspaces =
    config.workspaces &&
    new WorkspaceHost({
      ...services,
      apps,
      config: config.workspaces,
      publisher,
      repositories,
      subjects,
    });
  return [
    createExternalFeature({
      ...services,
      ...context,
      config: config.gitHost,
      external,
      publisher,
      repositories,
    }),
    createGitFeature({
      ...services,
      external,
      subjects,
      host,
      repositories,
      grants,
      publisher,
    }),
    createMeFeature(context),
    createClusterFeature(context),
    createDocsFeature({ ...context, folder: config.guides }),
    createPacksFeature(context),
    createTenantsFeature(context),
    createExportFeature({ ...context, host }),
    createRequestsFeature({ ...services, ...context, requests, subjects }),
    createAccessFeature({ ...context, requests }),
    createAppsFeature({ ...context, repositories }),
    createDeploymentFeature(context),
    createRunsFeature(context),
    createBuildsFeature(context),
    createFleetFeature(context),
    createOperationsFeature(context),
    createLogsFeature(context),
    createMetricsFeature({ ...context, prometheus: config.prometheus }),
    createHistoryFeature({
      ...context,
      gateways,
      usage,
    }),
    createReadsFeature({ ...context, gateways }),
    createUsageFeature({ ...services, history: usage }),
    createSuspensionFeature(services),
    createPreviewFeature(context),
    createTerminalFeature(context),
    createCodeFeature({ ...context, publisher, repositories }),
    createWorkspacesFeature({ ...context, host: workspaces }),
    createReleasesFeature({ ...context, requests }),
    createGrantsFeature({ ...context, grants }),
    createDownloadsFeature({ ...context, config, grants }),
    createNotificationsFeature({ ...services, subjects }),
  ];
}
