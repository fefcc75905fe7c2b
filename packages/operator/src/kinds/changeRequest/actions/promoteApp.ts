import { isConflict } from '@bailiwick/backstage-kube-controller';
import {
  withRelease,
  type App,
  type AppEnvironment,
  type Proposal,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  closedGates,
  failedChecksMessage,
  sameReleaseMessage,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import { fieldManager } from '../../../names';
import type { Action, Work } from './Action';
import { existingTenant } from './existingTenant';
import { proposalOf } from './proposedSpec';
import { ActionFailedError } from './ActionFailedError';

/** Maximum attempts after conflicts with concurrent writers. */
const attempts = 5;

/** Promotes a release to an environment of its app. */
export const promoteApp: Action = {
  check(work) {
    const { app, environment, overriddenChecks, parameters, release } =
      read(work);
    const now = find(app, environment);
    if (
      now?.release === release &&
      now.promoted &&
      hasSettings(now, parameters)
    )
      throw new ActionFailedError(
        sameReleaseMessage(app, environment, release),
      );
    refuseFailedChecks(work, overriddenChecks);
    return {
      environment,
      ...(now?.release && { release: now.release }),
      ...(parameters && { parameters: now?.parameters ?? {} }),
    };
  },

  async carryOut(work, { caches }) {
    const { signal } = work;
    const apps = caches.apps.resource;
    let { app } = work.facts;
    for (let attempt = 1; ; attempt += 1) {
      const { app: present, ...proposal } = read(work, app);
      const { environment, parameters, release } = proposal;
      const { name, namespace, resourceVersion } = present.metadata;
      const uid = work.facts.release?.metadata.uid;
      const now = find(present, environment);
      const done = now?.canary
        ? `Release "${release}" of ${name} is deployed as a canary in ${environment}: it gets ${now.canary.percent}% of the calls first`
        : `Release "${release}" of ${name} is now deployed in ${environment}`;
      const isDone = now?.release === release && now.promoted === uid;
      if (isDone && hasSettings(now, parameters)) return { done };
      refuseOutdated(work, now);
      refuseFailedChecks(work, proposal.overriddenChecks);
      const { requestedBy: by, reason } = work.request.spec;
      const how = { because: { by, reason }, parameters };
      const environments = withRelease(
        present.spec,
        environment,
        release,
        how,
      ).map(one =>
        one.name === environment ? { ...one, promoted: uid } : one,
      );
      try {
        await apps.patch(
          name,
          { spec: { environments } },
          { namespace, resourceVersion, fieldManager, signal },
        );
        return { done };
      } catch (error) {
        if (!isConflict(error) || attempt === attempts) throw error;
        app = await apps.get(name, { namespace, signal });
      }
    }
  },
};

/** Reads the proposal and the app. @throws ActionFailedError when either is invalid */
function read(
  work: Work,
  app: App | undefined = work.facts.app,
): Proposal<'promote'> & { app: App } {
  const { name: tenant, spec } = existingTenant(work);
  const { target } = work.request.spec;
  const proposal = proposalOf('promote', work.request);
  const { environment } = proposal;
  const names = spec.environments.map(({ name }) => name);
  if (!names.includes(environment))
    throw new ActionFailedError(
      `Tenant "${tenant}" has no environment "${environment}"; available: ${names.join(
        ', ',
      )}`,
    );
  if (!app || app.metadata.deletionTimestamp)
    throw new ActionFailedError(
      `App "${target.name}" was not found in tenant "${tenant}"`,
    );
  checkRelease(work, proposal.release);
  return { ...proposal, app };
}

/** Refuses a promotion for failed checks that the requester did not override: when it is asked, and once more when it is approved. */
function refuseFailedChecks(
  { facts }: Work,
  overriddenChecks: readonly string[] = [],
): void {
  const closed = closedGates(facts.gates ?? [], overriddenChecks);
  if (closed.length > 0)
    throw new ActionFailedError(failedChecksMessage(closed));
}

/** Refuses a promotion that would replace another release than the approver saw. */
function refuseOutdated(
  { request }: Work,
  now: Pick<AppEnvironment, 'release'> | undefined,
): void {
  const { environment, release } = request.status?.before ?? {};
  if (now?.release === release || environment === undefined) return;
  throw new ActionFailedError(
    `The release in ${environment} changed from ${release ?? 'none'} to ${
      now?.release ?? 'none'
    } after this request; send a new request if the promotion is still needed`,
  );
}

function checkRelease({ facts, request }: Work, name: string): void {
  const { release } = facts;
  if (release?.spec.app !== request.spec.target.name)
    throw new ActionFailedError(
      `App "${request.spec.target.name}" has no release "${name}"; choose one of its releases`,
    );
  // Names of releases can be reused after the app was deleted.
  const asked = request.status?.evidence?.releaseUid;
  if (asked !== undefined && asked !== release.metadata.uid)
    throw new ActionFailedError(
      `Release "${name}" was deleted and recreated after this request; send a new request if the promotion is still needed`,
    );
}

/** Whether an environment has the requested settings, if any are requested. */
function hasSettings(
  { parameters = {} }: Pick<AppEnvironment, 'parameters'>,
  wanted: AppEnvironment['parameters'],
): boolean {
  return wanted === undefined || isDeepStrictEqual(parameters, wanted);
}

function find(
  { spec }: Pick<App, 'spec'>,
  environment: string,
): AppEnvironment | undefined {
  return spec.environments.find(({ name }) => name === environment);
}
