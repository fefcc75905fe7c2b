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
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common';
import { personOf } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import { refusalOf } from './refusals';

/** Finds out who asks and what they are permitted, and keeps an audit trail of what they change. */
export class Caller {
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

  /** The person who asks. Only people are let in, not other plugins on their own behalf. */
  async person(request: Request): Promise<Person> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    return personOf(credentials, this.#userInfo);
  }

  /** For which resources the person who asks has a permission, by the portal's policy. */
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

  /** @throws NotAllowedError when the portal's policy does not give the permission. */
  async require(request: Request, permission: BasicPermission): Promise<void> {
    const credentials = await this.#httpAuth.credentials(request);
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW)
      throw new NotAllowedError(refusalOf(permission));
  }

  /** @throws NotAllowedError when the portal's policy does not give it for this resource. */
  async requireFor<R, Q, T extends string>(
    request: Request,
    permission: ResourcePermission<T>,
    about: PermissionResourceRef<R, Q, T>,
    resource: R | undefined,
  ): Promise<void> {
    const permits = await this.permits(request, permission, about);
    if (!permits(resource)) throw new NotAllowedError(refusalOf(permission));
  }

  /** Runs a change as the person who asks; its success or failure is audited. */
  async change<T>(
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
      const result = await act(await this.person(request));
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
