import type { RequestComment } from '../rules/approval/requestComment';
import type { TenantRequestInput } from '../rules/approval/tenantRequest';
import type {
  Archetype,
  OverridableCheck,
  Plan,
  Proposal,
  Run,
  TenantAction,
  TenantSpec,
} from '../kinds';
import { EnvironmentClient, type EnvironmentPlace } from './EnvironmentClient';
import type { AppCallTotals, CallHistoryView } from './callHistory';
import type { GuideSummary, GuideView } from './guides';
import { CodeClient } from './CodeClient';
import type { CallOptions } from './JsonClient';
import type {
  AppView,
  DeploymentView,
  GrantView,
  IssuedGrant,
  MeView,
  NewApp,
  NewGrant,
  NewRepository,
  PackView,
  PreflightView,
  RepositoryView,
  AppPreflightView,
  PromotionPreflightView,
  PromotionView,
  ReadersView,
  ReadsView,
  ReleaseView,
  RequestView,
  TenantView,
} from './views';
import type { AppAccessView, NewAccess, ReadAccessView } from './accessViews';
import { pathOf } from './pathOf';

/** Release, environment and settings of a promotion; by default the present settings. */
type WantedPlace = Proposal<'promote'>;

/** Client of the portal's Bailiwick API, for browsers and for other backend plugins. @public */
export class BailiwickClient extends CodeClient {
  getMe = (options?: CallOptions) => this.json<MeView>('GET', '/me', options);

  /** Returns the calls of an app: the last 24 hours in slots of 15 minutes, or the last 3 hours by minute. */
  getCallHistory = (
    tenant: string,
    app: string,
    query: { span: 'day' | 'hours'; environment?: string },
    options?: CallOptions,
  ) =>
    this.json<CallHistoryView>(
      'GET',
      `${pathOf(tenant, app)}/history?${new URLSearchParams(query)}`,
      options,
    );

  /** Returns the calls of the last 24 hours of each app that the person can see. */
  listCallTotals = (options?: CallOptions) =>
    this.items<AppCallTotals>('/calls', options);

  listGuides = (options?: CallOptions) =>
    this.items<GuideSummary>('/docs', options);
  getGuide = (name: string, options?: CallOptions) =>
    this.json<GuideView>('GET', `/docs/${encodeURIComponent(name)}`, options);

  listPlans = (options?: CallOptions) => this.items<Plan>('/plans', options);

  listPacks = (options?: CallOptions) =>
    this.items<PackView>('/packs', options);

  /** Returns an archetype with the files of its template and the vocabulary of its pack. */
  getArchetype = (pack: string, name: string, options?: CallOptions) =>
    this.json<{ pack: PackView; archetype: Archetype }>(
      'GET',
      `/packs/${pack}/archetypes/${name}`,
      options,
    );

  listTenants = (options?: CallOptions) =>
    this.items<TenantView>('/tenants', options);

  /**
   * Requests a tenant. With `dryRun`, the API server checks the request and stores nothing. `replaces` names a
   * pending request of the same person for a tenant, which is withdrawn after the new one is created.
   */
  requestTenant = (
    request: TenantRequestInput & { replaces?: string },
    options?: CallOptions & { dryRun?: boolean },
  ) =>
    this.json<RequestView>(
      'POST',
      options?.dryRun ? '/requests?dryRun=true' : '/requests',
      options,
      request,
    );

  /** Returns the outcome of a request for a tenant without creating it; for a name alone, whether it is available. */
  preflightTenant = (
    request: { name: string; spec?: TenantSpec; replaces?: string },
    options?: CallOptions,
  ) =>
    this.json<PreflightView>('POST', '/requests/preflight', options, request);

  listRequests = (options?: CallOptions) =>
    this.items<RequestView>('/requests', options);

  decideRequest = (
    name: string,
    decision: { verdict: 'approve' | 'deny'; reason: string },
    options?: CallOptions,
  ) =>
    this.json<RequestView>(
      'POST',
      `/requests/${name}/decision`,
      options,
      decision,
    );

  /** Adds a comment to a pending request; an approver can request changes with it. */
  commentOnRequest = (
    name: string,
    comment: RequestComment,
    options?: CallOptions,
  ) =>
    this.json<RequestView>(
      'POST',
      `/requests/${name}/comments`,
      options,
      comment,
    );

  /** Withdraws a pending request of the person. */
  withdrawRequest = (name: string, options?: CallOptions) =>
    this.json<RequestView>('POST', `/requests/${name}/withdrawal`, options);

  /**
   * Requests a change of a tenant. With `dryRun`, the change is checked and nothing is stored. `replaces` names a
   * pending request of the same person for the same action, which is withdrawn after the new one is created.
   */
  requestChange = (
    tenant: string,
    change: {
      action: TenantAction;
      proposed: Record<string, unknown>;
      reason: string;
      replaces?: string;
    },
    options?: CallOptions & { dryRun?: boolean },
  ) =>
    this.json<RequestView>(
      'POST',
      `/tenants/${tenant}/requests${options?.dryRun ? '?dryRun=true' : ''}`,
      options,
      change,
    );

  /**
   * Returns the archive of a tenant as a stream (`.tar.gz`); its name is in `Content-Disposition`. Reading fails if
   * the archive could not be completed.
   */
  exportTenant = (tenant: string, options?: CallOptions): Promise<Response> =>
    this.request('GET', `/tenants/${tenant}/export`, options);

  /**
   * Returns reads of a tenant's apps through the gateways, newest first. Only owners and platform engineers can see them.
   *
   * @param query - `before`: time (RFC 3339) before which the reads ended; `limit`: 1 to 10,000, by default 100
   */
  getReads = (
    tenant: string,
    query: { app?: string; before?: string; limit?: string } = {},
    options?: CallOptions,
  ) =>
    this.json<ReadsView>(
      'GET',
      `/tenants/${tenant}/reads?${new URLSearchParams(query)}`,
      options,
    );

  /** Returns the readers of an app, for owners and platform engineers. */
  getReaders = (tenant: string, app: string, options?: CallOptions) =>
    this.json<ReadersView>('GET', `${pathOf(tenant, app)}/readers`, options);

  /** Returns the newest 10,000 reads as CSV. */
  exportReads = (tenant: string, options?: CallOptions): Promise<Response> =>
    this.request('GET', `/tenants/${tenant}/reads.csv`, options);

  listApps = (options?: CallOptions) => this.items<AppView>('/apps', options);

  /** Returns the outcome of creating an app, without creating it. */
  preflightApp = (tenant: string, app: NewApp, options?: CallOptions) =>
    this.json<AppPreflightView>(
      'POST',
      `/tenants/${tenant}/apps/preflight`,
      options,
      app,
    );

  createApp = (tenant: string, app: NewApp, options?: CallOptions) =>
    this.json<AppView>('POST', `/tenants/${tenant}/apps`, options, app);

  /** Publishes a release of the draft that runs in an environment: as a code bundle by default, or as an image. */
  publishRelease = (
    tenant: string,
    app: string,
    release: { environment: string; format?: ReleaseView['format'] },
    options?: CallOptions,
  ) =>
    this.json<ReleaseView>(
      'POST',
      `${pathOf(tenant, app)}/releases`,
      options,
      release,
    );

  /** Returns the changes of a promotion and the results of its checks, without promoting. */
  preflightPromotion = (
    tenant: string,
    app: string,
    promotion: WantedPlace,
    options?: CallOptions,
  ) =>
    this.json<PromotionPreflightView>(
      'POST',
      `${pathOf(tenant, app)}/promotions/preflight`,
      options,
      promotion,
    );

  /** Promotes a release to an environment, or requests the promotion if the environment is protected. */
  promoteApp = (
    tenant: string,
    app: string,
    promotion: WantedPlace & {
      reason: string;
      /** Failed checks to override. */
      overriddenChecks?: OverridableCheck[];
      /** Release that the caller saw running, `null` for none; the call fails if a different one is running now. */
      expected?: string | null;
    },
    options?: CallOptions,
  ) =>
    this.json<PromotionView>(
      'POST',
      `${pathOf(tenant, app)}/promotions`,
      options,
      promotion,
    );

  /** Sets the settings of an environment. */
  setSettings = (
    tenant: string,
    app: string,
    environment: string,
    parameters: Record<string, unknown>,
    options?: CallOptions,
  ) =>
    this.json<AppView>(
      'PUT',
      `${pathOf(tenant, app)}/environments/${environment}/settings`,
      options,
      { parameters },
    );

  /** Returns an environment from a release to the newest commit. */
  followNewest = (
    tenant: string,
    app: string,
    environment: string,
    options?: CallOptions,
  ) =>
    this.json<AppView>(
      'PUT',
      `${pathOf(tenant, app)}/environments/${environment}/draft`,
      options,
    );

  /** Starts a run of an app; each step gets the parameters that it accepts. */
  beginRun = (
    tenant: string,
    app: string,
    run: { environment: string; parameters?: Record<string, unknown> },
    options?: CallOptions,
  ) => this.json<Run>('POST', `${pathOf(tenant, app)}/runs`, options, run);

  /** Cancels a run that has not ended. */
  cancelRun = (
    tenant: string,
    app: string,
    run: string,
    options?: CallOptions,
  ) =>
    this.json<Run>(
      'POST',
      `${pathOf(tenant, app)}/runs/${run}/cancellation`,
      options,
    );

  /** Returns a client for an app in one environment. */
  inEnvironment = (place: EnvironmentPlace) =>
    new EnvironmentClient((...request) => this.request(...request), place);

  deleteApp = (tenant: string, app: string, options?: CallOptions) =>
    this.json<void>('DELETE', `${pathOf(tenant, app)}`, options);

  getDeployment = (tenant: string, app: string, options?: CallOptions) =>
    this.json<DeploymentView>('GET', `${pathOf(tenant, app)}`, options);

  createRepository = (
    tenant: string,
    repository: NewRepository,
    options?: CallOptions,
  ) =>
    this.json<RepositoryView>(
      'POST',
      `/tenants/${tenant}/repositories`,
      options,
      repository,
    );

  /** Returns the environments of an app that the person can read or request without membership. */
  getAppAccess = (tenant: string, app: string, options?: CallOptions) =>
    this.json<AppAccessView>('GET', `${pathOf(tenant, app)}/access`, options);

  /** Requests read access to an app in one environment. */
  requestAccess = (
    tenant: string,
    app: string,
    access: NewAccess,
    options?: CallOptions,
  ) =>
    this.json<RequestView>(
      'POST',
      `${pathOf(tenant, app)}/access`,
      options,
      access,
    );

  /** Revokes granted access. */
  revokeAccess = (request: string, options?: CallOptions) =>
    this.json<RequestView>('POST', `/requests/${request}/revocation`, options);

  /** Lists the access of the person to apps of tenants without membership. */
  listAccess = (options?: CallOptions) =>
    this.items<ReadAccessView>('/access', options);

  listGrants = (tenant: string, app: string, options?: CallOptions) =>
    this.items<GrantView>(`${pathOf(tenant, app)}/grants`, options);

  createGrant = (
    tenant: string,
    app: string,
    grant: NewGrant,
    options?: CallOptions,
  ) =>
    this.json<IssuedGrant>(
      'POST',
      `${pathOf(tenant, app)}/grants`,
      options,
      grant,
    );

  revokeGrant = (
    tenant: string,
    app: string,
    grant: string,
    options?: CallOptions,
  ) =>
    this.json<void>(
      'DELETE',
      `${pathOf(tenant, app)}/grants/${grant}`,
      options,
    );
}
