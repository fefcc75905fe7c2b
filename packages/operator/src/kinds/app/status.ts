import { setCondition, toInstant } from '@bailiwick/backstage-kube-controller';
import {
  historyLength,
  worstHealth,
  type App,
  type AppEnvironmentStatus,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { EnvironmentState, PhaseState } from '../../placement';
import { promotionsOf } from './promotionsOf';

type Status = NonNullable<App['status']>;

/**
 * Returns the status of an app from the states of its environments.
 *
 * @param requests - requests about its tenant, from which a deleted history is restored as far as possible; `undefined`
 *   until they have been read, and no history begins before
 * @param observedGeneration - generation of the app to which the states belong
 */
export function appStatus(
  app: App,
  states: EnvironmentState[],
  now: Date,
  requests: ChangeRequest[] | undefined,
  observedGeneration = app.metadata.generation ?? 0,
): Status {
  const environments = states.map(state => withSince(app, state, now));
  const healths = environments.map(({ health }) => health);
  const health = worstHealth(healths);
  const worst = environments.find(one => one.health === health);
  const isReady = healths.every(
    one => one === 'Healthy' || one === 'Suspended',
  );
  const state: PhaseState = {
    status: isReady ? 'True' : 'False',
    reason: isReady ? 'EnvironmentsReady' : `Environment${health}`,
    message:
      worst && !isReady ? `${worst.name}: ${worst.why}` : summary(environments),
  };
  let { conditions } = app.status ?? {};
  // An app is ready as soon as its environments are.
  for (const type of ['EnvironmentsReady', 'Ready']) {
    const condition = { type, ...state, observedGeneration };
    conditions = setCondition(conditions, condition, now);
  }
  return {
    observedGeneration,
    conditions,
    environments,
    ...(worst && { health }),
    ...withHistory(app, environments, requests, now),
  };
}

/** Records deployments, newest first: releases when they are chosen, drafts when they are ready. */
function withHistory(
  app: App,
  environments: AppEnvironmentStatus[],
  requests: ChangeRequest[] | undefined,
  now: Date,
): Pick<Status, 'history'> {
  const { spec, status } = app;
  const before = status?.history ?? (requests && promotionsOf(app, requests));
  if (!before) return {};
  const news = environments.flatMap(({ name, release, revision }) => {
    const last = before.find(one => one.environment === name);
    const isSame = release
      ? last?.release === release
      : revision === undefined ||
        (last?.release === undefined && last?.commit === revision);
    if (isSame) return [];
    const wanted = spec.environments.find(one => one.name === name);
    const what = release
      ? { release, ...wanted?.because }
      : // Who created the app chose its first draft; git knows who pushed the later ones.
        { commit: revision, ...(last ? {} : wanted?.because) };
    return { environment: name, ...what, at: toInstant(now) };
  });
  const history = [...news, ...before].slice(0, historyLength);
  return history.length > 0 ? { history } : {};
}

/** Returns the status of an app whose deletion is blocked. */
export function deletingStatus(app: App, why: PhaseState, now: Date): Status {
  const observedGeneration = app.metadata.generation ?? 0;
  return {
    ...app.status,
    observedGeneration,
    conditions: setCondition(
      app.status?.conditions,
      { type: 'Ready', ...why, observedGeneration },
      now,
    ),
  };
}

/** Names the environments by their health, such as `Healthy in dev, prod; Suspended in test`. */
function summary(environments: AppEnvironmentStatus[]): string {
  const placesOf = (wanted: AppEnvironmentStatus['health']) =>
    environments
      .filter(({ health }) => health === wanted)
      .map(({ name }) => name)
      .join(', ');
  return (
    (['Healthy', 'Suspended'] as const)
      .filter(placesOf)
      .map(health => `${health} in ${placesOf(health)}`)
      .join('; ') || 'Not deployed yet'
  );
}

function withSince(
  app: App,
  state: EnvironmentState,
  now: Date,
): AppEnvironmentStatus {
  const previous = previousState(app, state.name);
  const since =
    previous && previous.health === state.health
      ? previous.since
      : toInstant(now);
  return { ...state, since };
}

/** Returns the last written state of an environment. */
export function previousState(
  app: App,
  environment: string,
): AppEnvironmentStatus | undefined {
  return app.status?.environments?.find(({ name }) => name === environment);
}
