import { settingsProblems } from '@bailiwick/backstage-domain-pack';
import { ConflictError, InputError } from '@backstage/errors';
import {
  apiVersion,
  appKind,
  appNameRules,
  appNameTaken,
  brokenRules,
  homeNamespace,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  chooseBucket,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  NewApp,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { isAlreadyExists } from '@bailiwick/backstage-kube-controller';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { isDeepStrictEqual } from 'node:util';
import type { AppReader } from '../authorization';
import type { RepositoryService } from '../git/RepositoryService';

/** Placeholder for the commit of code that does not exist yet. */
const noCommit = '0'.repeat(40);

/** Creates and deletes apps as the signed-in person. */
export class AppService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;
  readonly #repositories: RepositoryService;

  constructor(options: {
    apps: AppReader;
    kubernetes: KubernetesService;
    repositories: RepositoryService;
  }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
    this.#repositories = options.repositories;
  }

  /**
   * Publishes the code of the repository with the app's name and creates the app that runs it.
   * Creating the same app again is not an error.
   */
  async create(
    person: Person,
    tenantName: string,
    wanted: NewApp,
  ): Promise<AppView> {
    const tenant = this.#check(person, tenantName, wanted);
    const repository = { tenant: tenantName, name: wanted.name };
    const { commit } = await this.#repositories.get(repository);
    await this.#repositories.publishBundle(person, repository, commit);
    const namespace = homeNamespace(tenantName);
    const apps = this.#kubernetes.as(person).resource<App>(appKind);
    const app = this.#object(tenant, wanted, commit, person);
    try {
      return this.#apps.view(await apps.create(app), person)!;
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      return this.#apps.view(
        sameApp(await apps.get(wanted.name, { namespace }), app),
        person,
      )!;
    }
  }

  /**
   * Creates an app as a dry run: the API server checks its policies, quotas and RBAC.
   *
   * @returns the app as it would be stored
   * @throws InputError, KubeApiError for everything for which it would be refused
   */
  async tryOut(
    person: Person,
    tenantName: string,
    wanted: NewApp,
  ): Promise<App> {
    const tenant = this.#check(person, tenantName, wanted);
    await this.#repositories.checkName({
      tenant: tenantName,
      name: wanted.name,
    });
    return this.#kubernetes
      .as(person)
      .resource<App>(appKind)
      .create(this.wanted(tenant, wanted), { dryRun: true });
  }

  /** Returns the app that a person wants, before its code exists. */
  wanted(tenant: Tenant, wanted: NewApp): App {
    return this.#object(tenant, wanted, noCommit);
  }

  async delete(person: Person, tenant: string, name: string): Promise<void> {
    await this.#kubernetes
      .as(person)
      .resource<App>(appKind)
      .delete(name, { namespace: homeNamespace(tenant) });
  }

  /** @throws InputError with all problems of an app, before anything else is queried */
  #check(
    person: Person,
    tenantName: string,
    { archetype, environment, name, results, settings }: NewApp,
  ): Tenant {
    const tenant = this.#apps.tenant(person, tenantName);
    const pack = this.#kubernetes.lists.packs.get(archetype.pack)?.spec;
    const found = pack?.archetypes.find(one => one.name === archetype.name);
    const most = pack?.quotas?.appsPerTenant ?? Infinity;
    const others = this.#apps
      .inTenant(tenant.metadata.name)
      .filter(
        ({ metadata, spec }) =>
          spec.archetype.pack === archetype.pack && metadata.name !== name,
      );
    const problems = [
      ...brokenRules(appNameRules, name).map(message => `name: ${message}`),
      ...environmentProblems(tenant, environment),
      ...(found ? settingsProblems(found, settings) : []),
      ...(results
        ? this.#bucketProblems(tenant, environment, results.connection)
        : []),
      ...(others.length >= most
        ? [
            `archetype: A tenant can have at most ${most} apps of pack ${archetype.pack}, and this tenant has ${others.length}; delete an unused app first`,
          ]
        : []),
    ];
    if (problems.length > 0) throw new InputError(problems.join('; '));
    return tenant;
  }

  #bucketProblems(
    { metadata }: Tenant,
    environment: string,
    connection: string,
  ): string[] {
    const place = { tenant: metadata.name, environment };
    const connections = this.#kubernetes.lists.connections.list();
    const choice = chooseBucket(connections, connection, place);
    return choice.connection ? [] : [`results: ${choice.why}`];
  }

  #object(
    tenant: Tenant,
    wanted: NewApp,
    commit: string,
    person?: Person,
  ): App {
    const { name } = tenant.metadata;
    return {
      apiVersion,
      kind: 'App',
      metadata: { name: wanted.name, namespace: homeNamespace(name) },
      spec: {
        title: wanted.title,
        description: wanted.description,
        owner: tenant.spec.owners[0],
        archetype: wanted.archetype,
        answers: wanted.answers,
        source: {
          repository: this.#repositories.sourceOf({
            tenant: name,
            name: wanted.name,
          }),
          path: '.',
          revision: commit,
        },
        environments: [
          {
            name: wanted.environment,
            revision: 'draft',
            ...(person && {
              because: { by: person.user, reason: 'Created app' },
            }),
            ...(wanted.settings && { parameters: wanted.settings }),
          },
        ],
        ...(wanted.results && { results: wanted.results }),
        delivery: this.#deliveryOf(wanted),
      },
    };
  }

  /** As many ways as the pack allows. */
  #deliveryOf({ archetype: { pack } }: NewApp): App['spec']['delivery'] {
    const { rest = true, csv = true } =
      this.#kubernetes.lists.packs.get(pack)?.spec.delivery ?? {};
    return { rest, csv };
  }
}

/** @throws ConflictError when the app that has the name is another one */
function sameApp(existing: App, wanted: App): App {
  const { archetype, answers, source } = existing.spec;
  if (
    isDeepStrictEqual(archetype, wanted.spec.archetype) &&
    isDeepStrictEqual(answers, wanted.spec.answers) &&
    source.repository === wanted.spec.source.repository
  ) {
    return existing;
  }
  throw new ConflictError(appNameTaken(wanted.metadata.name));
}

function environmentProblems(tenant: Tenant, environment: string): string[] {
  const { environments } = tenant.spec;
  const found = environments.find(({ name }) => name === environment);
  if (!found) {
    const names = environments.map(({ name }) => name).join(', ');
    return [
      `environment: The tenant has no environment "${environment}"; available: ${names}`,
    ];
  }
  return found.protected
    ? [
        `environment: Environment ${environment} is protected and accepts only releases; choose another environment, and promote a release later`,
      ]
    : [];
}
