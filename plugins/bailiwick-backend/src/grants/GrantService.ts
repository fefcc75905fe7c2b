import { NotFoundError } from '@backstage/errors';
import {
  apiVersion,
  grantKind,
  homeNamespace,
  labels,
  managedBy,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  membershipIn,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  IssuedGrant,
  NewGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { randomBytes } from 'node:crypto';
import type { BailiwickConfig } from '../config';
import { basicPassword, hashToken, newToken } from './token';

const dayMs = 24 * 60 * 60 * 1000;

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

  /** The grants of an app that the person may read. */
  async list(person: Person, tenant: string, app: string): Promise<Grant[]> {
    const grants = await this.#kubernetes
      .as(person)
      .resource<Grant>(grantKind)
      .list({ namespace: homeNamespace(tenant) });
    this.#app(tenant, app); // after the list, so that only readers learn whether the app exists
    return grants.filter(grant => grant.spec.app === app);
  }

  /** Makes a token for the person; it is returned once and only its hash is kept. */
  async create(
    person: Person,
    tenant: string,
    appName: string,
    { days, client, ...rest }: NewGrant,
  ): Promise<IssuedGrant> {
    const app = this.#app(tenant, appName);
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
        },
        spec: {
          ...rest,
          app: appName,
          client,
          subject: person.user,
          membership: this.#membership(person, tenant),
          expiresAt: new Date(Date.now() + days * dayMs).toISOString(),
          tokenHash: hashToken(token),
        },
      });
    return { grant, token, address: this.#address(tenant, app, grant) };
  }

  async revoke(person: Person, tenant: string, name: string): Promise<void> {
    await this.#kubernetes
      .as(person)
      .resource(grantKind)
      .delete(name, { namespace: homeNamespace(tenant) });
  }

  /** Whose git token an `Authorization` header holds, `undefined` when it opens nothing here. */
  subjectOfGitToken(
    header: string | undefined,
    tenant: string,
    app: string,
  ): string | undefined {
    const password = basicPassword(header);
    if (!password) return undefined;
    const hash = hashToken(password);
    return this.#kubernetes.lists.grants
      .list()
      .find(
        ({ metadata, spec }) =>
          spec.tokenHash === hash &&
          spec.client === 'git' &&
          spec.app === app &&
          metadata.namespace === homeNamespace(tenant) &&
          new Date(spec.expiresAt) > new Date(),
      )?.spec.subject;
  }

  /** Explains why the token in an `Authorization` header opens no repository. */
  gitTokenProblem(header: string | undefined): string {
    const password = basicPassword(header);
    if (!password) return 'There is no token.';
    const hash = hashToken(password);
    const spec = this.#kubernetes.lists.grants
      .list()
      .find(grant => grant.spec.tokenHash === hash)?.spec;
    if (!spec) return 'This token does not exist, or was revoked.';
    if (spec.client !== 'git') {
      return 'This token reads results; it does not open the code.';
    }
    return new Date(spec.expiresAt) > new Date()
      ? 'This token is for another repository.'
      : 'This token has ended.';
  }

  #address(tenant: string, app: App, { spec }: Grant): string {
    if (spec.client === 'git') {
      return `${this.#config.publicUrl}/git/${app.spec.source.repository}.git`;
    }
    return `${this.#config.gatewayUrl}/v1/${tenant}/${spec.environment}/${
      app.metadata.name
    }`;
  }

  /** Returns `undefined` for a person without membership, whom the API server refuses. */
  #membership(person: Person, tenantName: string): string | undefined {
    const tenant = this.#kubernetes.lists.tenants.get(tenantName);
    return tenant && membershipIn(tenant, person);
  }

  #app(tenant: string, name: string): App {
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    if (!app)
      throw new NotFoundError(
        `There is no app "${name}" in tenant "${tenant}"`,
      );
    return app;
  }
}
