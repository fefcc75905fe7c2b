import type {
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  createConditionAuthorizer,
  type PermissionRule,
} from '@backstage/plugin-permission-node';
import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appReadPermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appRules,
  personOf,
  type AppResource,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { ListRights, type Listing } from './ListRights';

const rules: PermissionRule<AppResource, object, string>[] =
  Object.values(appRules);

const authorize = createConditionAuthorizer<AppResource>({
  getRuleByName(name) {
    const found = rules.find(rule => rule.name === name);
    if (!found) throw new NotAllowedError(`Unknown app rule "${name}"`);
    return found;
  },
});

/** Access to parts of an app: the portal's policy decides about the app, the API server about kinds of objects. */
export class AppAccess {
  readonly #lists: KubernetesService['lists'];
  readonly #permissions: PermissionsService;
  readonly #platformGroup?: string;
  readonly #rights: ListRights;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    kubernetes: Pick<KubernetesService, 'asIn' | 'lists'>;
    permissions: PermissionsService;
    /** Entity reference of the portal's platform group. */
    platformGroup?: string;
    userInfo: UserInfoService;
  }) {
    const { kubernetes, permissions, userInfo } = options;
    this.#lists = kubernetes.lists;
    this.#permissions = permissions;
    this.#platformGroup = options.platformGroup;
    this.#userInfo = userInfo;
    this.#rights = new ListRights({
      as: (person, namespace) => kubernetes.asIn(person, namespace),
    });
    // What people may do follows from the tenant.
    kubernetes.lists.tenants.subscribe(({ object, previous }) => {
      const { generation, name } = object.metadata;
      if (previous?.metadata.generation !== generation)
        this.#rights.forget(name);
    });
  }

  /** The person behind credentials who may read an app; `undefined` for one who may not. */
  async reader(
    credentials: BackstageCredentials,
    app: { tenant: string; name: string },
  ): Promise<Person | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: appReadPermission }],
      { credentials },
    );
    const { apps, tenants } = this.#lists;
    const found = apps.get(app.name, homeNamespace(app.tenant));
    const canRead = authorize(
      decision,
      found && { app: found, tenant: tenants.get(app.tenant) },
    );
    return canRead
      ? personOf(credentials, this.#userInfo, this.#platformGroup)
      : undefined;
  }

  /**
   * Returns whether the API server lets a person list a kind.
   *
   * @throws KubeApiError, KubeConnectionError when it does not respond
   */
  mayList(person: Person, listing: Listing): Promise<boolean> {
    return this.#rights.may(person, listing);
  }
}
