import { settingsProblems } from '@bailiwick/backstage-domain-pack';
import { ConflictError, InputError } from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  closedGates,
  decidersOf,
  findArchetype,
  gatesOf,
  packOf,
  runningAs,
  runningDifferences,
  runningIn,
  withRelease,
  type App,
  type AppEnvironment,
  type Gate,
  type Person,
  type PromotionPreflightView,
  type PromotionView,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { isDeepStrictEqual } from 'node:util';
import type { AppService } from '../apps';
import { refusalWords } from '../http';
import type { RequestService } from '../requests';
import { changeEnvironments } from './changeEnvironments';
import type { ReleaseService } from './ReleaseService';

/** Which release shall run where, with which settings. */
export interface WantedRelease {
  environment: string;
  release: string;
  parameters?: Record<string, unknown>;
}

/** The same, and why. */
export interface WantedPromotion extends WantedRelease {
  reason: string;
  /** Checks that failed and are gone past. */
  despite: string[];
  /** Release that ran there when it was asked, `null` for none. */
  expected?: string | null;
}

/** What a promotion is about. */
interface Ground {
  app: App;
  release: Release;
  tenant: Tenant;
  isProtected: boolean;
  /** The environment as it is, if the app is there. */
  now?: AppEnvironment;
}

/** Lets releases run in environments, as the person who asks. */
export class PromotionService {
  readonly #apps: AppService;
  readonly #kubernetes: KubernetesService;
  readonly #releases: ReleaseService;
  readonly #requests: RequestService;

  constructor(options: {
    apps: AppService;
    kubernetes: KubernetesService;
    releases: ReleaseService;
    requests: RequestService;
  }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
    this.#releases = options.releases;
    this.#requests = options.requests;
  }

  /**
   * Says what a promotion would change, and what speaks for and against it; nothing is changed.
   *
   * @throws NotFoundError, InputError as {@link PromotionService.promote}
   */
  async check(
    person: Person,
    tenantName: string,
    appName: string,
    wanted: WantedRelease,
  ): Promise<PromotionPreflightView> {
    const ground = await this.#ground(person, tenantName, appName, wanted);
    const { app, isProtected, now, release, tenant } = ground;
    const before = runningIn(app, wanted.environment, this.#known(app));
    const after = {
      ...runningAs(release),
      settings: wanted.parameters ?? now?.parameters,
    };
    const target = { kind: 'App' as const, name: appName };
    const request = { action: 'promote' as const, proposed: {}, target };
    return {
      gates: await this.#gates(person, ground, wanted),
      differences: before ? runningDifferences(before, after) : [],
      expected: now?.release ?? null,
      problems: await this.#problems(person, ground, wanted),
      decidedBy: isProtected
        ? decidersOf(
            { spec: { ...request, reason: '', requestedBy: '' } },
            tenant,
            undefined,
          )
        : [],
    };
  }

  /**
   * Lets a release run in an environment at once, or asks for it where the environment is protected.
   *
   * @throws NotFoundError when there is no such app for the person, or no such release of it
   * @throws InputError when the tenant has no such environment, or does not take the settings
   * @throws ConflictError when it runs there already, the same is asked for, something else runs there by
   *   now, or a check failed that is not gone past
   */
  async promote(
    person: Person,
    tenantName: string,
    appName: string,
    wanted: WantedPromotion,
  ): Promise<PromotionView> {
    const ground = await this.#ground(person, tenantName, appName, wanted);
    const { app, isProtected, now } = ground;
    const { environment, parameters, reason, release } = wanted;
    refuseSame(ground, wanted);
    refuseOther(now, wanted);
    const problems = this.#settingsProblems(ground.release, parameters);
    if (problems.length > 0) throw new InputError(problems.join('; '));
    const gates = await this.#gates(person, ground, wanted);
    const closed = closedGates(gates, wanted.despite);
    if (closed.length > 0) throw new ConflictError(closedWords(closed));
    if (isProtected)
      return {
        request: await this.#requests.requestPromotion(
          person,
          tenantName,
          appName,
          { environment, release, reason, ...(parameters && { parameters }) },
        ),
      };
    const promoted = await this.#run(person, app, wanted);
    return { app: this.#apps.view(promoted, person)! };
  }

  async #ground(
    person: Person,
    tenantName: string,
    appName: string,
    { environment, release }: WantedRelease,
  ): Promise<Ground> {
    const tenant = this.#requests.tenant(person, tenantName);
    const app = this.#apps.get(person, tenantName, appName);
    const place = findEnvironment(tenant, environment);
    return {
      app,
      tenant,
      isProtected: place.protected,
      now: app.spec.environments.find(({ name }) => name === environment),
      release: await this.#releases.get(person, app, release),
    };
  }

  #known({ metadata: { name, namespace } }: App): Release[] {
    return this.#kubernetes.lists.releases
      .list()
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace && spec.app === name,
      );
  }

  async #gates(
    person: Person,
    { app, isProtected, release }: Ground,
    { environment }: WantedRelease,
  ): Promise<Gate[]> {
    const { packs, runs } = this.#kubernetes.lists;
    const { name, namespace } = app.metadata;
    const pack = packOf(packs, app.spec.archetype);
    return gatesOf({
      app,
      release,
      environment,
      isProtected,
      keptDigest: await this.#releases.keptDigest(person, app, release),
      soakMinutes: pack?.spec.delivery?.soakMinutes,
      releases: this.#known(app),
      runs: runs
        .list()
        .filter(
          ({ metadata, spec }) =>
            metadata.namespace === namespace && spec.app === name,
        ),
      now: new Date(),
    });
  }

  /** Everything for which it would be refused: the policies and quotas of the API server are asked, too. */
  async #problems(
    person: Person,
    ground: Ground,
    wanted: WantedRelease,
  ): Promise<string[]> {
    const { app, isProtected, release } = ground;
    const problems = this.#settingsProblems(release, wanted.parameters);
    if (problems.length > 0) return problems;
    const reason = 'A trial.';
    try {
      refuseSame(ground, wanted);
      if (isProtected) {
        const { metadata } = ground.tenant;
        await this.#requests.requestPromotion(
          person,
          metadata.name,
          app.metadata.name,
          { ...wanted, reason },
          { dryRun: true },
        );
      } else {
        await this.#run(
          person,
          app,
          { ...wanted, reason, despite: [] },
          { dryRun: true },
        );
      }
      return [];
    } catch (error) {
      const isRefusal =
        error instanceof KubeApiError
          ? [400, 403, 409, 422].includes(error.status)
          : ['ConflictError', 'InputError'].includes((error as Error).name);
      if (!isRefusal) throw error;
      return [refusalWords(error as Error)];
    }
  }

  #settingsProblems(
    { spec: { archetype } }: Release,
    parameters: Record<string, unknown> | undefined,
  ): string[] {
    const { packs } = this.#kubernetes.lists;
    const { archetype: found } = findArchetype(packs, archetype);
    return found && parameters ? settingsProblems(found, parameters) : [];
  }

  async #run(
    person: Person,
    app: App,
    wanted: WantedPromotion,
    { dryRun = false } = {},
  ): Promise<App> {
    const { environment, parameters, reason, release } = wanted;
    const how = { because: { by: person.user, reason }, parameters };
    return changeEnvironments(
      this.#kubernetes.as(person),
      app,
      spec => {
        const now = spec.environments.find(({ name }) => name === environment);
        refuseOther(now, wanted);
        return withRelease(spec, environment, release, how);
      },
      { dryRun },
    );
  }
}

function refuseSame(
  { isProtected, now }: Ground,
  { environment, parameters, release }: WantedRelease,
): void {
  const isSame =
    now?.release === release &&
    (now.promoted || !isProtected) &&
    (!parameters || isDeepStrictEqual(parameters, now.parameters ?? {}));
  if (isSame)
    throw new ConflictError(
      `The release "${release}" runs in ${environment} already`,
    );
}

/** Who asks saw what would be replaced; by now it may be something else. */
function refuseOther(
  now: AppEnvironment | undefined,
  { environment, expected }: WantedPromotion,
): void {
  const runs = now?.release ?? null;
  if (expected === undefined || expected === runs) return;
  throw new ConflictError(
    `By now ${
      runs ?? 'no release'
    } runs in ${environment}, and this was asked when ${
      expected ?? 'none'
    } did; look at it again`,
  );
}

function closedWords(gates: Gate[]): string {
  const words = gates.map(({ check, detail }) => `${check}: ${detail}`);
  const past = gates.map(({ check }) => check).filter(one => one !== 'code');
  const next =
    past.length === gates.length
      ? ` To go past that, name what you go past: despite: [${past.join(', ')}]`
      : '';
  return `Checks failed. ${words.join(' ')}${next}`;
}

function findEnvironment({ metadata, spec }: Tenant, wanted: string) {
  const found = spec.environments.find(({ name }) => name === wanted);
  if (found) return found;
  const names = spec.environments.map(({ name }) => name).join(', ');
  throw new InputError(
    `environment: The tenant "${metadata.name}" has no environment "${wanted}"; it has ${names}`,
  );
}
