import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { canI, toInstant } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  apiVersion,
  appKind,
  grantKind,
  group,
  homeNamespace,
  labels,
  managedBy,
  tenantKind,
  type Access,
  type App,
  type Grant,
  type GrantClient,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  accessesOf,
  coversTarget,
  grantEnd,
  membershipIn,
  oldestGrants,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  GrantView,
  IssuedGrant,
  NewGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { randomBytes } from 'node:crypto';
import type { BailiwickConfig } from '../config';
import { basicPassword, hashToken, newToken } from './token';

const dayMs = 24 * 60 * 60 * 1000;
/** Maximum time to wait for the watched list, in milliseconds; after that, the call returns anyway. */
const listedMs = 2_000;

/** Why the token of a person who has left does not work. */
export const ownerHasLeft =
  "The owner of this token is not in the portal's catalog any more.";

/** Creates, lists and revokes tokens, as the signed-in person. */
export class GrantService {
  readonly #kubernetes: KubernetesService;
  readonly #config: BailiwickConfig;

  constructor(options: {
    kubernetes: KubernetesService;
    config: BailiwickConfig;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#config = options.config;
  }

  /**
   * Returns the grants of an app, for people who can read the app; people with access but no membership see their own.
   * Reads the watched list, because only owners can read the objects, which contain the hashes of tokens.
   *
   * @throws NotAllowedError when the person must not read apps of the tenant
   */
  async list(
    person: Person,
    tenant: string,
    app: string,
  ): Promise<GrantView[]> {
    const namespace = homeNamespace(tenant);
    const client = this.#kubernetes.as(person);
    const [seesAll, canDelete, isOwner] = await Promise.all(
      [
        { verb: 'get', resource: appKind.plural },
        { verb: 'delete', resource: grantKind.plural },
        // The right with which the policy `bailiwick-grants` lets people delete the grants of others.
        { verb: 'request-change', resource: tenantKind.plural },
      ].map(right => canI(client, { ...right, group, namespace })),
    );
    const accesses = this.#accesses(person, tenant, app);
    if (!seesAll && accesses.length === 0)
      throw new NotAllowedError(
        `Only members of ${tenant} can list its tokens`,
      );
    this.#app(tenant, app); // so that only readers learn whether the app exists
    return this.#kubernetes.lists.grants
      .list()
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace &&
          spec.app === app &&
          (seesAll || spec.subject === person.user),
      )
      .map(grant =>
        viewGrant(
          grant,
          canDelete && (isOwner || grant.spec.subject === person.user),
        ),
      );
  }

  /**
   * Creates a token for the person; it is returned once and only its hash is stored. With access but no membership, it
   * ends with the access.
   */
  async create(
    person: Person,
    tenant: string,
    appName: string,
    { days, client, ...rest }: NewGrant,
  ): Promise<IssuedGrant> {
    const app = this.#app(tenant, appName);
    if (client !== 'git' && !this.#config.gatewayUrl)
      throw new InputError(
        "This portal has no gateway, so tokens can't be used. Ask the platform team to set bailiwick.gateway.baseUrl.",
      );
    const { repository } = app.spec.source;
    if (client === 'git' && repository.includes(':'))
      throw new InputError(
        `The code of this app is at ${repository}; clone it from there, with your account at that host`,
      );
    const bounds = this.#bounds(person, tenant, appName, client, rest);
    const token = newToken();
    const owner = person.user
      .replace(/^user:[^/]+\//, '')
      .replace(/[^a-z0-9]+/g, '-');
    const grant = await this.#kubernetes
      .as(person)
      .resource<Grant>(grantKind)
      .create({
        apiVersion,
        kind: 'Grant',
        metadata: {
          name: `${appName}-${client}-${owner}-${randomBytes(3).toString(
            'hex',
          )}`
            .slice(-63)
            .replace(/^[^a-z0-9]+/, ''),
          namespace: homeNamespace(tenant),
          labels: { [labels.managedBy]: managedBy, [labels.app]: appName },
          annotations: { [annotations.portal]: this.#config.publicUrl },
        },
        spec: {
          ...rest,
          app: appName,
          client,
          subject: person.user,
          ...bounds,
          expiresAt: earlier(
            new Date(Date.now() + days * dayMs).toISOString(),
            bounds.expiresAt,
          ),
          tokenHash: hashToken(token),
        },
      });
    await this.#listed(grant.metadata, true);
    const address = this.#address(tenant, app, grant);
    return { grant: viewGrant(grant, true), token, address };
  }

  async revoke(person: Person, tenant: string, name: string): Promise<void> {
    const namespace = homeNamespace(tenant);
    await this.#kubernetes
      .as(person)
      .resource(grantKind)
      .delete(name, { namespace });
    await this.#listed({ name, namespace }, false);
  }

  /** Whose git token an `Authorization` header holds, `undefined` when it opens nothing here. */
  subjectOfGitToken(
    header: string | undefined,
    tenant: string,
    app: string,
  ): string | undefined {
    const password = basicPassword(header);
    const grant = password && this.#grantOf(password);
    if (!grant) return undefined;
    const { metadata, spec } = grant;
    const opens =
      spec.client === 'git' &&
      spec.app === app &&
      metadata.namespace === homeNamespace(tenant) &&
      !metadata.deletionTimestamp &&
      grantEnd(grant) > new Date();
    return opens ? spec.subject : undefined;
  }

  /** Explains why the token in an `Authorization` header opens no repository. */
  gitTokenProblem(header: string | undefined): string {
    const password = basicPassword(header);
    if (!password) return 'The token is missing.';
    const grant = this.#grantOf(password);
    if (!grant || grant.metadata.deletionTimestamp)
      return "This token doesn't exist or was revoked.";
    if (grant.spec.client !== 'git')
      return 'This token is for reading results, not for git.';
    if (grant.status?.suspendedAt) return ownerHasLeft;
    return grantEnd(grant) > new Date()
      ? 'This token is for another repository.'
      : 'This token has expired.';
  }

  /** The grant of a token; others that hold the same hash have no effect. */
  #grantOf(token: string): Grant | undefined {
    const hash = hashToken(token);
    const [grant, other] = oldestGrants(
      this.#kubernetes.lists.grants
        .list()
        .filter(({ spec }) => spec.tokenHash === hash),
    );
    return other ? undefined : grant;
  }

  /**
   * Waits until the watched list contains a grant, or no longer contains it, so that people see the effect of their
   * action.
   */
  async #listed(
    { name, namespace }: { name: string; namespace?: string },
    isThere: boolean,
  ): Promise<void> {
    const { grants } = this.#kubernetes.lists;
    const isReached = () => Boolean(grants.get(name, namespace)) === isThere;
    if (isReached()) return;
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    const unsubscribe = grants.subscribe(() => isReached() && finish());
    const timer = setTimeout(finish, listedMs);
    await finished;
    clearTimeout(timer);
    unsubscribe();
  }

  #address(tenant: string, app: App, { spec }: Grant): string {
    if (spec.client === 'git') {
      return `${this.#config.publicUrl}/git/${app.spec.source.repository}.git`;
    }
    return `${this.#config.gatewayUrl}/v1/${tenant}/${spec.environment}/${
      app.metadata.name
    }`;
  }

  /**
   * Returns the membership of a person's grant, and its latest end. Without membership and access, the API server
   * rejects the grant.
   *
   * @throws NotAllowedError when a person's access does not cover the request
   */
  #bounds(
    person: Person,
    tenantName: string,
    app: string,
    client: GrantClient,
    wanted: Omit<NewGrant, 'client' | 'days'>,
  ): { membership?: string; functions?: string[]; expiresAt?: string } {
    const tenant = this.#kubernetes.lists.tenants.get(tenantName);
    const membership = tenant && membershipIn(tenant, person);
    const accesses = this.#accesses(person, tenantName, app);
    if (membership || accesses.length === 0)
      return { membership, functions: wanted.functions };
    const access = accesses
      .filter(
        one =>
          one.environment === wanted.environment &&
          (wanted.functions ?? [undefined]).every(fn =>
            coversTarget(one, { app, environment: one.environment, fn }),
          ),
      )
      .sort(
        (one, other) => Date.parse(other.expiresAt) - Date.parse(one.expiresAt),
      )[0];
    if (client === 'git' || !access)
      throw new NotAllowedError(
        `You can only read the results of ${app} in ${accesses
          .map(one => one.environment)
          .join(', ')}; for more access, ask an owner of the tenant to add you`,
      );
    return {
      membership: person.user,
      functions: wanted.functions ?? access.functions,
      expiresAt: access.expiresAt,
    };
  }

  #accesses(person: Person, tenantName: string, app: string): Access[] {
    const tenant = this.#kubernetes.lists.tenants.get(tenantName);
    return tenant
      ? accessesOf(tenant, person.user, new Date()).filter(
          one => one.app === app,
        )
      : [];
  }

  #app(tenant: string, name: string): App {
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    if (!app)
      throw new NotFoundError(
        `App "${name}" was not found in tenant "${tenant}"`,
      );
    return app;
  }
}

function earlier(one: string, other: string = one): string {
  return Date.parse(other) < Date.parse(one) ? other : one;
}

/** A grant as people see it: neither `spec` nor an annotation of kubectl shows the hash, and it ends when it really does. */
function viewGrant(grant: Grant, canRevoke: boolean): GrantView {
  const { apiVersion: version, kind, metadata, spec, status } = grant;
  const { creationTimestamp, name, namespace, uid } = metadata;
  const { tokenHash: _, ...visible } = spec;
  return {
    apiVersion: version,
    kind,
    metadata: { name, namespace, uid, creationTimestamp },
    spec: { ...visible, expiresAt: toInstant(grantEnd(grant)) },
    ...(status && { status }),
    canRevoke,
  };
}
