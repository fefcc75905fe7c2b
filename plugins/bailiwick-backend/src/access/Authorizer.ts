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
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { personOf } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import { permissionRefusal } from './permissionRefusal';

/** Authenticates the person behind a request, checks their permissions and audits their changes. */
export class Authorizer {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #auditor: AuditorService;
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    auditor: AuditorService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#auditor = options.auditor;
  }

  /** Returns the signed-in person; other plugins acting on their own behalf are refused. */
  async authenticate(request: Request): Promise<Person> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    return personOf(credentials, this.#userInfo);
  }

  /** Returns a check that tells for which resources the portal's policy grants a permission. */
  async permits<R, Q, T extends string>(
    request: Request,
    permission: ResourcePermission<T>,
    about: PermissionResourceRef<R, Q, T>,
  ): Promise<(resource: R | undefined) => boolean> {
    const credentials = await this.#httpAuth.credentials(request);
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const ruleset = this.#registry.getPermissionRuleset(about);
    const authorize = createConditionAuthorizer(ruleset);
    return resource => authorize(decision, resource);
  }

  /** @throws NotAllowedError when the portal's policy does not grant the permission */
  async require(request: Request, permission: BasicPermission): Promise<void> {
    const credentials = await this.#httpAuth.credentials(request);
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW)
      throw new NotAllowedError(permissionRefusal(permission));
  }

  /** @throws NotAllowedError when the portal's policy does not grant it for this resource */
  async requireFor<R, Q, T extends string>(
    request: Request,
    permission: ResourcePermission<T>,
    about: PermissionResourceRef<R, Q, T>,
    resource: R | undefined,
  ): Promise<void> {
    const permits = await this.permits(request, permission, about);
    if (!permits(resource))
      throw new NotAllowedError(permissionRefusal(permission));
  }

  /** Runs a change as the signed-in person and audits its success or failure. */
  async runAudited<T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    act: (person: Person) => Promise<T>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
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
}
