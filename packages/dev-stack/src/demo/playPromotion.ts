import type { OverridableCheck } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  RequestFailedError,
  type IssuedGrant,
  type ReleaseView,
  type RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { SignedIn } from '../portal/signIn';
import { approve, basicLogin, post } from './calls';
import { editDraft } from './editDraft';
import { expectEqual, expectStatus } from './expect';
import type { Playbook } from './Playbook';

interface Scene {
  bea: SignedIn;
  rita: SignedIn;
  tom: SignedIn;
  gateway: string;
  /** Bea's token for the repository. */
  git: IssuedGrant;
  tenant: string;
  app: string;
  /** Number that the newest code returns. */
  marker: number;
}

/** The protected environment. */
const prod = 'prod';

/**
 * From draft to production: a release, its promotion by two people, a change that readers would notice
 * and that the gate holds back, and the way back.
 */
export async function playPromotion(
  play: Playbook,
  scene: Scene,
): Promise<void> {
  const { app, bea, git, marker, tenant, tom } = scene;
  const first = await play.step('Bea publishes a release of her draft', () =>
    publish(play, scene),
  );
  await play.step('The tests of the release pass', async () => {
    const gate = await play.eventually('Their result', 60, async () => {
      const wanted = { environment: prod, release: first.name };
      const view = await bea.client.preflightPromotion(tenant, app, wanted);
      const found = view.gates.find(({ check }) => check === 'tests');
      return found?.verdict === 'Missing' ? undefined : found;
    });
    expectEqual(gate.verdict, 'Passed', gate.detail);
  });
  await promote(play, scene, first, [], {
    step: 'Two people promote it to prod',
    reason: 'The prices are ready for readers.',
  });
  const reader = await play.step('Tom creates a token for prod', () =>
    tom.client.createGrant(tenant, app, {
      client: 'excel',
      environment: prod,
      days: 1,
    }),
  );
  await play.step("Tom reads the rows of Bea's function in prod", () =>
    play.eventually('The answer of prod', 60, async () => {
      const response = await ask(scene, reader.token);
      return response.ok && (await response.text()).includes(`${marker}`)
        ? true
        : undefined;
    }),
  );
  await play.step('Bea removes a function and pushes', () =>
    editDraft(git, { takeAway: true }),
  );
  const second = await play.step('Bea publishes this change, too', () =>
    publish(play, scene, first),
  );
  await play.step(
    'A check blocks the promotion: consumers use the function',
    async () => {
      const wanted = { environment: prod, release: second.name };
      const view = await bea.client.preflightPromotion(tenant, app, wanted);
      const gate = view.gates.find(({ check }) => check === 'contract');
      expectEqual(gate?.verdict, 'Failed', 'The verdict about the contract');
      expectEqual(
        gate?.detail.includes('Function marker was removed'),
        true,
        'What readers would miss',
      );
      const refused = await expectStatus(
        await bea.fetch(
          `/api/bailiwick/tenants/${tenant}/apps/${app}/promotions`,
          post({ ...wanted, reason: 'It is newer.' }),
        ),
        409,
      );
      const { error } = await refused.json();
      expectEqual(
        /override contract in a new request/.test(error.message),
        true,
        'The way',
      );
    },
  );
  await promote(play, scene, second, ['contract'], {
    step: 'They override the check and promote it',
    reason: 'The function marker is no longer needed.',
  });
  await play.step('The function is removed in prod', () =>
    play.eventually('The refusal', 60, async () => {
      const { status } = await ask(scene, reader.token);
      return status === 404 || undefined;
    }),
  );
  await promote(play, scene, first, [], {
    step: 'They roll prod back',
    reason: 'Readers use the function marker, which the newer release removed.',
  });
  await play.step('Tom reads as before', () =>
    play.eventually('The answer of prod', 60, async () => {
      const { ok } = await ask(scene, reader.token);
      return ok || undefined;
    }),
  );
  await play.step(
    'The history lists deployments with person and reason',
    async () => {
      const { app: now } = await bea.client.getDeployment(tenant, app);
      const told = (now.status?.history ?? [])
        .filter(one => one.environment === prod)
        .map(({ release }) => release);
      expectEqual(
        told.slice(0, 3),
        [first.name, second.name, first.name],
        'The last three in prod',
      );
    },
  );
  await tom.client.revokeGrant(tenant, app, reader.grant.metadata.name);
}

/** Publishes the newest code once it answers, and is other code than that of a release before. */
async function publish(
  play: Playbook,
  { app, bea, tenant }: Scene,
  before?: ReleaseView,
): Promise<ReleaseView> {
  return play.eventually('The release', 60, async () => {
    try {
      const release = await bea.client.publishRelease(tenant, app, {
        environment: 'dev',
      });
      return release.commit === before?.commit ? undefined : release;
    } catch (error) {
      // The pushed commit does not answer yet.
      if (error instanceof RequestFailedError && error.status === 409)
        return undefined;
      throw error;
    }
  });
}

async function promote(
  play: Playbook,
  { app, bea, rita, tenant }: Scene,
  { name }: ReleaseView,
  overriddenChecks: OverridableCheck[],
  { reason, step }: { reason: string; step: string },
): Promise<void> {
  await play.step(step, async () => {
    const promotion = await bea.client.promoteApp(tenant, app, {
      environment: prod,
      release: name,
      reason,
      overriddenChecks,
    });
    const { request } = promotion as { request: RequestView };
    await approve(
      play,
      rita,
      request,
      'Compared it with the previous release.',
    );
    await play.eventually(`${name} in ${prod}`, 90, async () => {
      const { app: now } = await bea.client.getDeployment(tenant, app);
      const state = now.status?.environments?.find(one => one.name === prod);
      return (
        (state?.release === name && state.health === 'Healthy') || undefined
      );
    });
  });
}

function ask(
  { app, gateway, tenant }: Scene,
  token: string,
): Promise<Response> {
  return fetch(`${gateway}/v1/${tenant}/${prod}/${app}/marker`, {
    headers: { authorization: basicLogin('tom', token) },
  });
}
