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
import { JsonClient, type CallOptions } from './JsonClient';
import type {
  AppAccessView,
  AppView,
  CommitChanges,
  CommitView,
  DeploymentView,
  GrantView,
  IssuedGrant,
  MeView,
  NewAccess,
  NewApp,
  NewGrant,
  NewRepository,
  PackView,
  PreflightView,
  RepositoryView,
  AppPreflightView,
  PromotionPreflightView,
  PromotionView,
  ReadAccessView,
  ReleaseView,
  RequestView,
  TenantView,
} from './views';

/** Which release, where, with which settings; those that there are when left out. */
type WantedPlace = Proposal<'promote'>;

/** Client of the portal's Bailiwick API, for browsers and for other backend plugins. */
export class BailiwickClient extends JsonClient {
  getMe = (options?: CallOptions) => this.json<MeView>('GET', '/me', options);

  /** Calls of an app of the last 24 hours in slots of 15 minutes, or of the last 3 hours by minute. */
  getCallHistory = (
    tenant: string,
    app: string,
    query: { span: 'day' | 'hours'; environment?: string },
    options?: CallOptions,
  ) =>
    this.json<CallHistoryView>(
      'GET',
      `/tenants/${tenant}/apps/${app}/history?${new URLSearchParams(query)}`,
      options,
    );

  /** Calls of the last 24 hours for each app that the person may see. */
  listCallTotals = (options?: CallOptions) =>
    this.items<AppCallTotals>('/calls', options);

  listPlans = (options?: CallOptions) => this.items<Plan>('/plans', options);

  listPacks = (options?: CallOptions) =>
    this.items<PackView>('/packs', options);

  /** An archetype with the files of its template, and the vocabulary of its pack. */
  getArchetype = (pack: string, name: string, options?: CallOptions) =>
    this.json<{ pack: PackView; archetype: Archetype }>(
      'GET',
      `/packs/${pack}/archetypes/${name}`,
      options,
    );

  listTenants = (options?: CallOptions) =>
    this.items<TenantView>('/tenants', options);

  /**
   * Asks for a tenant. With `dryRun` the API server checks everything and keeps nothing. `replaces` names a pending
   * request of the same person for a tenant, which is withdrawn once the new one exists.
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

  /** Says what would become of a request for a tenant; of a name alone, whether it can be had. */
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

  /** Adds a comment to an open request; an approver can request changes with it. */
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

  /** Takes an open request of one's own back. */
  withdrawRequest = (name: string, options?: CallOptions) =>
    this.json<RequestView>('POST', `/requests/${name}/withdrawal`, options);

  /**
   * Asks for a change of a tenant. With `dryRun` everything is checked and nothing kept. `replaces` names a pending
   * request of the same person for the same action, which is withdrawn once the new one exists.
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
   * All that belongs to a tenant, as a `.tar.gz` that is read while it comes; its name is in
   * `Content-Disposition`. Reading fails when the archive could not be finished.
   */
  exportTenant = (tenant: string, options?: CallOptions): Promise<Response> =>
    this.request('GET', `/tenants/${tenant}/export`, options);

  listApps = (options?: CallOptions) => this.items<AppView>('/apps', options);

  /** Says what would become of an app, and makes nothing. */
  preflightApp = (tenant: string, app: NewApp, options?: CallOptions) =>
    this.json<AppPreflightView>(
      'POST',
      `/tenants/${tenant}/apps/preflight`,
      options,
      app,
    );

  createApp = (tenant: string, app: NewApp, options?: CallOptions) =>
    this.json<AppView>('POST', `/tenants/${tenant}/apps`, options, app);

  /** Makes a release of the draft that answers in an environment. */
  publishRelease = (
    tenant: string,
    app: string,
    environment: string,
    options?: CallOptions,
  ) =>
    this.json<ReleaseView>(
      'POST',
      `/tenants/${tenant}/apps/${app}/releases`,
      options,
      { environment },
    );

  /** Says what a promotion would change, and what speaks for and against it. */
  preflightPromotion = (
    tenant: string,
    app: string,
    promotion: WantedPlace,
    options?: CallOptions,
  ) =>
    this.json<PromotionPreflightView>(
      'POST',
      `/tenants/${tenant}/apps/${app}/promotions/preflight`,
      options,
      promotion,
    );

  /** Lets a release of an app run in an environment, or asks for it where that is protected. */
  promoteApp = (
    tenant: string,
    app: string,
    promotion: WantedPlace & {
      reason: string;
      /** Failed checks that are overridden. */
      overriddenChecks?: OverridableCheck[];
      /** Release that ran there when it was looked at, `null` for none. */
      expected?: string | null;
    },
    options?: CallOptions,
  ) =>
    this.json<PromotionView>(
      'POST',
      `/tenants/${tenant}/apps/${app}/promotions`,
      options,
      promotion,
    );

  /** Gives an environment other settings. */
  setSettings = (
    tenant: string,
    app: string,
    environment: string,
    parameters: Record<string, unknown>,
    options?: CallOptions,
  ) =>
    this.json<AppView>(
      'PUT',
      `/tenants/${tenant}/apps/${app}/environments/${environment}/settings`,
      options,
      { parameters },
    );

  /** Lets an environment run the newest commit again, instead of a release. */
  followNewest = (
    tenant: string,
    app: string,
    environment: string,
    options?: CallOptions,
  ) =>
    this.json<AppView>(
      'PUT',
      `/tenants/${tenant}/apps/${app}/environments/${environment}/draft`,
      options,
    );

  /** The newest commits of an app's repository, newest first. */
  listCommits = (tenant: string, app: string, options?: CallOptions) =>
    this.json<CommitView[]>(
      'GET',
      `/tenants/${tenant}/apps/${app}/commits`,
      options,
    );

  /** What the second of two commits has otherwise. */
  compareCommits = (
    tenant: string,
    app: string,
    from: string,
    to: string,
    options?: CallOptions,
  ) =>
    this.json<CommitChanges>(
      'GET',
      `/tenants/${tenant}/apps/${app}/changes?from=${from}&to=${to}`,
      options,
    );

  /** Begins a run of an app, whose steps get the parameters that they have. */
  beginRun = (
    tenant: string,
    app: string,
    run: { environment: string; parameters?: Record<string, unknown> },
    options?: CallOptions,
  ) =>
    this.json<Run>('POST', `/tenants/${tenant}/apps/${app}/runs`, options, run);

  /** Ends a run that has not ended. */
  cancelRun = (
    tenant: string,
    app: string,
    run: string,
    options?: CallOptions,
  ) =>
    this.json<Run>(
      'POST',
      `/tenants/${tenant}/apps/${app}/runs/${run}/cancellation`,
      options,
    );

  /** What runs of an app in one environment. */
  inEnvironment = (place: EnvironmentPlace) =>
    new EnvironmentClient((...request) => this.request(...request), place);

  deleteApp = (tenant: string, app: string, options?: CallOptions) =>
    this.json<void>('DELETE', `/tenants/${tenant}/apps/${app}`, options);

  getDeployment = (tenant: string, app: string, options?: CallOptions) =>
    this.json<DeploymentView>('GET', `/tenants/${tenant}/apps/${app}`, options);

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

  /** What the reader can read of an app without membership, and can request. */
  getAppAccess = (tenant: string, app: string, options?: CallOptions) =>
    this.json<AppAccessView>(
      'GET',
      `/tenants/${tenant}/apps/${app}/access`,
      options,
    );

  /** Requests read access to an app in one environment. */
  requestAccess = (
    tenant: string,
    app: string,
    access: NewAccess,
    options?: CallOptions,
  ) =>
    this.json<RequestView>(
      'POST',
      `/tenants/${tenant}/apps/${app}/access`,
      options,
      access,
    );

  /** Ends access that a request granted. */
  revokeAccess = (request: string, options?: CallOptions) =>
    this.json<RequestView>('POST', `/requests/${request}/revocation`, options);

  /** What the reader can read in tenants they do not belong to. */
  listAccess = (options?: CallOptions) =>
    this.items<ReadAccessView>('/access', options);

  listGrants = (tenant: string, app: string, options?: CallOptions) =>
    this.items<GrantView>(`/tenants/${tenant}/apps/${app}/grants`, options);

  createGrant = (
    tenant: string,
    app: string,
    grant: NewGrant,
    options?: CallOptions,
  ) =>
    this.json<IssuedGrant>(
      'POST',
      `/tenants/${tenant}/apps/${app}/grants`,
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
      `/tenants/${tenant}/apps/${app}/grants/${grant}`,
      options,
    );
}
