import type {
  AuditorService,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import {
  appReadPermission,
  type appResourceType,
  type environmentResourceType,
  type Person,
  type requestResourceType,
  type tenantResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appResourceRef,
  environmentResourceRef,
  personOf,
  type PeopleService,
  requestResourceRef,
  tenantResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request, RequestHandler } from 'express';
import { onDisconnect } from '../live';
import { permissionRefusal } from './permissionRefusal';
import type { Resources } from './Resources';

/** Services of Backstage that decide, and the resources of their decisions. */
interface AuthorizerOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  people: PeopleService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Entity reference of the portal's platform group. */
  platformGroup?: string;
  resources: Resources;
  userInfo: UserInfoService;
}

/** Authenticates the person behind a request, checks their permissions and audits their changes. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  /** Open responses that are cut off when their person leaves. */
  readonly #watched = new WeakSet<object>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /**
   * Returns the signed-in person; other plugins acting on their own behalf are refused. If the person leaves while the
   * response is open, such as a stream or a terminal, it is cut off.
   *
   * @throws AuthenticationError for a person who has left
   */
  async authenticate(request: Request): Promise<Person> {
    const { httpAuth, people, platformGroup, userInfo } = this.#options;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { userEntityRef } = credentials.principal;
    await people.requirePresent(userEntityRef);
    const { res } = request;
    // Routes with several checks authenticate several times.
    if (res && !this.#watched.has(res)) {
      this.#watched.add(res);
      onDisconnect(
        res,
        people.onDeparture(userEntityRef, () => res.destroy()),
      );
    }
    return personOf(credentials, userInfo, platformGroup);
  }

  /** Returns a function that reports for which resources the portal's policy grants a permission. */
  async permits<R, Q, T extends string>(
    request: Request,
    permission: ResourcePermission<T>,
    about: PermissionResourceRef<R, Q, T>,
  ): Promise<(resource: R | undefined) => boolean> {
    const { httpAuth, permissions, permissionsRegistry } = this.#options;
    const credentials = await httpAuth.credentials(request);
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const ruleset = permissionsRegistry.getPermissionRuleset(about);
    const authorize = createConditionAuthorizer(ruleset);
    return resource => authorize(decision, resource);
  }

  /** @throws NotAllowedError when the portal's policy does not grant the permission */
  async require(request: Request, permission: BasicPermission): Promise<void> {
    const { httpAuth, permissions } = this.#options;
    const credentials = await httpAuth.credentials(request);
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW)
      throw new NotAllowedError(permissionRefusal(permission));
  }

  /** @throws NotAllowedError when the portal's policy does not grant it for the tenant */
  async requireForTenant(
    request: Request,
    permission: ResourcePermission<typeof tenantResourceType>,
    tenant: string,
  ): Promise<void> {
    const resource = this.#options.resources.tenant(tenant);
    await this.#requireFor(request, permission, tenantResourceRef, resource);
  }

  /** @throws NotAllowedError when the portal's policy does not grant it for the request of a name */
  async requireForRequest(
    request: Request,
    permission: ResourcePermission<typeof requestResourceType>,
    name: string,
  ): Promise<void> {
    const resource = this.#options.resources.findRequest(name);
    await this.#requireFor(request, permission, requestResourceRef, resource);
  }

  /** @throws NotAllowedError when the portal's policy does not let the person read the app, also when there is none */
  async requireAppRead(
    request: Request,
    tenant: string,
    app: string,
  ): Promise<void> {
    const resource = this.#options.resources.findApp(tenant, app);
    await this.#requireFor(
      request,
      appReadPermission,
      appResourceRef,
      resource,
    );
  }

  /**
   * Requires a permission to change an app. An unknown app passes, because the handler reports it by name.
   *
   * @throws NotAllowedError when the portal's policy does not grant it
   */
  async requireForApp(
    request: Request,
    permission: ResourcePermission<typeof appResourceType>,
    tenant: string,
    app: string,
  ): Promise<void> {
    const resource = this.#options.resources.findApp(tenant, app);
    if (resource)
      await this.#requireFor(request, permission, appResourceRef, resource);
  }

  /**
   * Requires a permission in an environment. An unknown one passes: the service that uses it reports it by name.
   *
   * @throws NotAllowedError when the portal's policy does not grant it
   */
  async requireIn(
    request: Request,
    permission: ResourcePermission<typeof environmentResourceType>,
    tenant: string,
    environment: string,
  ): Promise<void> {
    const about = environmentResourceRef;
    const resource = this.#options.resources.environment(tenant, environment);
    if (!resource) return;
    const why = permissionRefusal(permission, resource.environment);
    await this.#requireFor(request, permission, about, resource, why);
  }

  async #requireFor<R, Q, T extends string>(
    request: Request,
    permission: ResourcePermission<T>,
    about: PermissionResourceRef<R, Q, T>,
    resource: R | undefined,
    why = permissionRefusal(permission),
  ): Promise<void> {
    const permits = await this.permits(request, permission, about);
    if (!permits(resource)) throw new NotAllowedError(why);
  }

  /** Runs a change as the signed-in person and audits its success or failure. */
  async runAudited<T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    act: (person: Person) => Promise<T>,
  ): Promise<T> {
    const event = await this.#options.auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta,
    });
    try {
      const result = await act(await this.authenticate(request));
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  /**
   * Creates a handler that runs an audited change, and returns its result as JSON, or 204 without a result.
   *
   * @param options - `meta`: metadata of the audit event; the names in its path by default
   */
  answerAudited(
    eventId: string,
    act: (person: Person, request: Request) => Promise<unknown>,
    {
      meta = ({ params }) => params,
      status = 200,
    }: {
      meta?: (request: Request) => Record<string, string>;
      status?: number;
    } = {},
  ): RequestHandler {
    return async (request, response) => {
      const result = await this.runAudited(
        request,
        eventId,
        meta(request),
        person => act(person, request),
      );
      if (result === undefined) response.status(204).end();
      else response.status(status).json(result);
    };
  }
}
