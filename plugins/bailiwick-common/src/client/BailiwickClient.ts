import type { TenantRequestInput } from '../approval';
import type { Grant, Plan, TenantAction, TenantSpec } from '../kinds';
import type { Archetype } from '../kinds';
import { RequestFailedError } from './RequestFailedError';
import type {
  AppView,
  DeploymentView,
  IssuedGrant,
  MeView,
  NewApp,
  NewGrant,
  NewRepository,
  PackView,
  PreflightView,
  RepositoryView,
  RequestView,
  TenantView,
} from './views';

/** What a request needs besides its content. */
export interface CallOptions {
  /** Bearer token; the browser's fetch adds its own. */
  token?: string;
  signal?: AbortSignal;
}

/** Where a watched list or object is told from; the answer is `text/event-stream`. */
export type WatchPath = `/${string}`;

/** Client of the portal's Bailiwick API, for browsers and for other backend plugins. */
export class BailiwickClient {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch =
      options.fetchApi?.fetch ?? ((...request) => fetch(...request));
  }

  getMe = (options?: CallOptions) => this.#json<MeView>('GET', '/me', options);

  listPlans = (options?: CallOptions) => this.#items<Plan>('/plans', options);

  listPacks = (options?: CallOptions) =>
    this.#items<PackView>('/packs', options);

  /** An archetype with the files of its template, and the vocabulary of its pack. */
  getArchetype = (pack: string, name: string, options?: CallOptions) =>
    this.#json<{ pack: PackView; archetype: Archetype }>(
      'GET',
      `/packs/${pack}/archetypes/${name}`,
      options,
    );

  listTenants = (options?: CallOptions) =>
    this.#items<TenantView>('/tenants', options);

  /**
   * Asks for a tenant. With `dryRun` the API server checks everything and keeps nothing.
   */
  requestTenant = (
    request: TenantRequestInput,
    options?: CallOptions & { dryRun?: boolean },
  ) =>
    this.#json<RequestView>(
      'POST',
      options?.dryRun ? '/requests?dryRun=true' : '/requests',
      options,
      request,
    );

  /** Says what would become of a request for a tenant; of a name alone, whether it can be had. */
  preflightTenant = (
    request: { name: string; spec?: TenantSpec },
    options?: CallOptions,
  ) =>
    this.#json<PreflightView>('POST', '/requests/preflight', options, request);

  listRequests = (options?: CallOptions) =>
    this.#items<RequestView>('/requests', options);

  decideRequest = (
    name: string,
    decision: { verdict: 'approve' | 'deny'; reason: string },
    options?: CallOptions,
  ) =>
    this.#json<RequestView>(
      'POST',
      `/requests/${name}/decision`,
      options,
      decision,
    );

  /** Takes an open request of one's own back. */
  withdrawRequest = (name: string, options?: CallOptions) =>
    this.#json<RequestView>('POST', `/requests/${name}/withdrawal`, options);

  /** Asks for a change of a tenant. With `dryRun` everything is checked and nothing kept. */
  requestChange = (
    tenant: string,
    change: {
      action: TenantAction;
      proposed: Record<string, unknown>;
      reason: string;
    },
    options?: CallOptions & { dryRun?: boolean },
  ) =>
    this.#json<RequestView>(
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
    this.#request('GET', `/tenants/${tenant}/export`, options);

  listApps = (options?: CallOptions) => this.#items<AppView>('/apps', options);

  createApp = (tenant: string, app: NewApp, options?: CallOptions) =>
    this.#json<AppView>('POST', `/tenants/${tenant}/apps`, options, app);

  deleteApp = (tenant: string, app: string, options?: CallOptions) =>
    this.#json<void>('DELETE', `/tenants/${tenant}/apps/${app}`, options);

  getDeployment = (tenant: string, app: string, options?: CallOptions) =>
    this.#json<DeploymentView>(
      'GET',
      `/tenants/${tenant}/apps/${app}`,
      options,
    );

  createRepository = (
    tenant: string,
    repository: NewRepository,
    options?: CallOptions,
  ) =>
    this.#json<RepositoryView>(
      'POST',
      `/tenants/${tenant}/repositories`,
      options,
      repository,
    );

  listGrants = (tenant: string, app: string, options?: CallOptions) =>
    this.#items<Grant>(`/tenants/${tenant}/apps/${app}/grants`, options);

  createGrant = (
    tenant: string,
    app: string,
    grant: NewGrant,
    options?: CallOptions,
  ) =>
    this.#json<IssuedGrant>(
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
    this.#json<void>(
      'DELETE',
      `/tenants/${tenant}/apps/${app}/grants/${grant}`,
      options,
    );

  /** Opens a stream: server-sent events of a watched path, or the text of a pod's log. */
  async open(path: WatchPath, options?: CallOptions): Promise<Response> {
    return this.#request('GET', path, options);
  }

  async #items<T>(path: string, options?: CallOptions): Promise<T[]> {
    const { items } = await this.#json<{ items: T[] }>('GET', path, options);
    return items;
  }

  async #json<T>(
    method: string,
    path: string,
    options?: CallOptions,
    body?: unknown,
  ): Promise<T> {
    const response = await this.#request(method, path, options, body);
    return response.status === 204 ? (undefined as T) : response.json();
  }

  async #request(
    method: string,
    path: string,
    options?: CallOptions,
    body?: unknown,
  ): Promise<Response> {
    const base = await this.#discovery.getBaseUrl('bailiwick');
    const response = await this.#fetch(`${base}${path}`, {
      method,
      signal: options?.signal,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options?.token && { Authorization: `Bearer ${options.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw await RequestFailedError.fromResponse(response);
    return response;
  }
}
