import { settingsProblems } from '@bailiwick/backstage-domain-pack';
import { ConflictError, InputError } from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  withRelease,
  type App,
  type AppEnvironment,
  type Proposal,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  closedGates,
  decidersOf,
  failedChecksMessage,
  findArchetype,
  type Gate,
  gatesOf,
  type Person,
  runningAs,
  runningDifferences,
  runningIn,
  sameReleaseMessage,
  soakMinutesOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  PromotionPreflightView,
  PromotionView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { isDeepStrictEqual } from 'node:util';
import { ofApp, type AppReader } from '../authorization';
import { changeEnvironments } from '../environments';
import { refusalMessage } from '../http';
import type { RequestService } from '../requests/RequestService';
import type { ReleaseService } from './ReleaseService';

/** A release to run in an environment, with optional settings. */
export interface WantedRelease {
  environment: string;
  release: string;
  parameters?: Record<string, unknown>;
  /** Failed checks that the person overrides. */
  overriddenChecks?: Proposal<'promote'>['overriddenChecks'];
}

/** A release to promote, and why. */
export interface WantedPromotion extends WantedRelease {
  reason: string;
  /** Release that ran there when the person decided, `null` for none. */
  expected?: string | null;
}

/** Objects that a promotion concerns. */
interface PromotionContext {
  app: App;
  release: Release;
  tenant: Tenant;
  isProtected: boolean;
  /** The app's environment at present, if it runs there. */
  now?: AppEnvironment;
}

/** Promotes releases into environments, as the signed-in person. */
export class PromotionService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;
  readonly #releases: ReleaseService;
  readonly #requests: RequestService;

  constructor(options: {
    apps: AppReader;
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
   * Returns the effect of a promotion, its checks and its problems; changes nothing.
   *
   * @throws NotFoundError, InputError as {@link PromotionService.promote}
   */
  async check(
    person: Person,
    tenantName: string,
    appName: string,
    wanted: WantedRelease,
  ): Promise<PromotionPreflightView> {
    const context = await this.#context(person, tenantName, appName, wanted);
    const { app, isProtected, now, release, tenant } = context;
    const { releases } = this.#kubernetes.lists;
    const known = ofApp(releases, app.metadata);
    const before = runningIn(app, wanted.environment, known);
    const after = {
      ...runningAs(release),
      settings: wanted.parameters ?? now?.parameters,
    };
    const target = { kind: 'App' as const, name: appName };
    const request = { action: 'promote' as const, proposed: {}, target };
    return {
      gates: await this.#gates(person, context, wanted),
      differences: before ? runningDifferences(before, after) : [],
      expected: now?.release ?? null,
      problems: await this.#problems(person, context, wanted),
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
   * Runs a release in an environment at once, or requests it where the environment is protected.
   *
   * @throws NotFoundError when there is no such app for the person, or no such release of it
   * @throws InputError when the tenant has no such environment, or does not take the settings
   * @throws ConflictError when the release runs there already, a request for it is open, another release runs
   *   there by now, or a failed check is not overridden
   */
  async promote(
    person: Person,
    tenantName: string,
    appName: string,
    wanted: WantedPromotion,
  ): Promise<PromotionView> {
    const context = await this.#context(person, tenantName, appName, wanted);
    const { app, isProtected, now } = context;
    const { overriddenChecks = [], reason, expected: _, ...proposed } = wanted;
    const { parameters } = proposed;
    refuseRunning(context, wanted);
    refuseChanged(now, wanted);
    const problems = this.#settingsProblems(context.release, parameters);
    if (problems.length > 0) throw new InputError(problems.join('; '));
    const gates = await this.#gates(person, context, wanted);
    const closed = closedGates(gates, overriddenChecks);
    if (closed.length > 0) throw new ConflictError(failedChecksMessage(closed));
    if (isProtected)
      return {
        request: await this.#requests.requestPromotion(
          person,
          tenantName,
          appName,
          {
            ...proposed,
            reason,
            // All of them, as the operator judges again when the request is approved.
            ...(overriddenChecks.length > 0 && { overriddenChecks }),
          },
        ),
      };
    const promoted = await this.#run(person, app, wanted);
    return { app: this.#apps.view(promoted, person)! };
  }

  async #context(
    person: Person,
    tenantName: string,
    appName: string,
    { environment, release }: WantedRelease,
  ): Promise<PromotionContext> {
    const tenant = this.#apps.tenant(person, tenantName);
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

  async #gates(
    person: Person,
    { app, isProtected, release }: PromotionContext,
    { environment }: WantedRelease,
  ): Promise<Gate[]> {
    const { packs, releases, runs } = this.#kubernetes.lists;
    return gatesOf({
      app,
      release,
      environment,
      isProtected,
      keptDigest: await this.#releases.keptDigest(person, app, release),
      soakMinutes: soakMinutesOf(packs, release),
      releases: ofApp(releases, app.metadata),
      runs: ofApp(runs, app.metadata),
      now: new Date(),
    });
  }

  /** Returns all reasons for a refusal, also those of the API server's policies and quotas. */
  async #problems(
    person: Person,
    context: PromotionContext,
    wanted: WantedRelease,
  ): Promise<string[]> {
    const { app, isProtected, release } = context;
    const problems = this.#settingsProblems(release, wanted.parameters);
    if (problems.length > 0) return problems;
    const reason = 'A trial.';
    try {
      refuseRunning(context, wanted);
      if (isProtected) {
        const { metadata } = context.tenant;
        await this.#requests.requestPromotion(
          person,
          metadata.name,
          app.metadata.name,
          { ...wanted, reason },
          { dryRun: true },
        );
      } else {
        await this.#run(person, app, { ...wanted, reason }, { dryRun: true });
      }
      return [];
    } catch (error) {
      const isRefusal =
        error instanceof KubeApiError
          ? [400, 403, 409, 422].includes(error.status)
          : ['ConflictError', 'InputError'].includes((error as Error).name);
      if (!isRefusal) throw error;
      return [refusalMessage(error as Error)];
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
        refuseChanged(now, wanted);
        return withRelease(spec, environment, release, how);
      },
      { dryRun },
    );
  }
}

function refuseRunning(
  { app, isProtected, now }: PromotionContext,
  { environment, parameters, release }: WantedRelease,
): void {
  const isSame =
    now?.release === release &&
    (now.promoted || !isProtected) &&
    (!parameters || isDeepStrictEqual(parameters, now.parameters ?? {}));
  if (isSame)
    throw new ConflictError(sameReleaseMessage(app, environment, release));
}

/** Refuses a promotion when another release runs now than the person saw. */
function refuseChanged(
  now: AppEnvironment | undefined,
  { environment, expected }: WantedPromotion,
): void {
  const runs = now?.release ?? null;
  if (expected === undefined || expected === runs) return;
  throw new ConflictError(
    `The release in ${environment} changed from ${expected ?? 'none'} to ${
      runs ?? 'none'
    }; review the promotion again`,
  );
}

function findEnvironment({ metadata, spec }: Tenant, wanted: string) {
  const found = spec.environments.find(({ name }) => name === wanted);
  if (found) return found;
  const names = spec.environments.map(({ name }) => name).join(', ');
  throw new InputError(
    `environment: Tenant "${metadata.name}" has no environment "${wanted}"; available: ${names}`,
  );
}
