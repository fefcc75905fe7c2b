import { coreKinds, KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  releaseKind,
  type App,
  type ChangeRequest,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, bundle, release } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';
const reason = 'It was looked at in dev.';

integration('promotions through the portal', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;

  const promote = (who: Name, wanted: Record<string, unknown>, of = 'prices') =>
    portal.call(who, 'POST', `/tenants/rates-desk/apps/${of}/promotions`, {
      reason,
      ...wanted,
    });

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(admin());
    const apps = admin().resource<App>(appKind);
    const releases = admin().resource<Release>(releaseKind);
    for (const name of ['prices', 'others']) {
      await apps.create(app(name, namespace));
      await releases.create(release(`${name}-r1`, namespace, { app: name }));
      await admin()
        .resource(coreKinds.configMaps)
        .create(bundle(name, namespace, '3f9c1e2', 'code'));
      await portal.shows('bea', '/apps', name);
    }
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('run a release at once where an environment is not protected', async () => {
    const wanted = { environment: 'dev', release: 'prices-r1' };
    const { body, status } = await promote('bea', wanted);
    const because = { by: people.bea.user, reason };
    const environments = [{ name: 'dev', release: 'prices-r1', because }];
    expect({ status, spec: body.app?.spec }).toMatchObject({
      status: 200,
      spec: { environments },
    });
    const { spec } = await admin()
      .resource<App>(appKind)
      .get('prices', { namespace });
    expect(spec.environments).toEqual(environments);
  });

  it('are required for a protected environment, once', async () => {
    const wanted = { environment: 'prod', release: 'prices-r1' };
    const { body, status } = await promote('bea', wanted);
    expect({ status, ...body.request }).toMatchObject({
      status: 201,
      mine: true,
      canDecide: false,
      targetTitle: expect.any(String),
      spec: {
        action: 'promote',
        target: { kind: 'App', name: 'prices', namespace },
        proposed: wanted,
        reason,
        requestedBy: people.bea.user,
      },
    });
    const { name } = body.request.metadata;
    for (const who of ['rita', 'pia', 'tom'] as const)
      await portal.shows(who, '/requests', name);
    const seen = async (who: Name) => {
      const { body: list } = await portal.call(who, 'GET', '/requests');
      return list.items.find(
        ({ metadata }: { metadata: { name: string } }) =>
          metadata.name === name,
      );
    };
    // The operator, which opens a request, does not run here.
    expect(await seen('rita')).toMatchObject({ canDecide: false });
    await admin()
      .as({ user: 'bailiwick:operator', groups: ['system:masters'] })
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, { phase: 'Open' });
    await eventually('Rita can decide', async () => {
      const { canDecide } = await seen('rita');
      return canDecide;
    });
    expect(await seen('pia')).toMatchObject({ canDecide: true });
    expect(await seen('tom')).toMatchObject({ canDecide: false });
    expect(await seen('eve')).toBeUndefined();
    const again = await promote('rita', wanted);
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain(
      `A promotion to prod is already requested; wait for the decision on request ${name}, or withdraw it`,
    );
  });

  it.each(['tom', 'eve', 'pia'] as const)('are not for %s', async who => {
    for (const environment of ['dev', 'prod']) {
      const wanted = { environment, release: 'others-r1' };
      const { status } = await promote(who, wanted, 'others');
      expect([403, 404]).toContain(status);
    }
  });

  it.each([
    [
      { environment: 'stage', release: 'prices-r1' },
      400,
      'available: dev, prod',
    ],
    [{ environment: 'prod', release: 'others-r1' }, 404, 'has no release'],
    [{ environment: 'dev', release: 'prices-r9' }, 404, 'has no release'],
    [{ environment: 'prod' }, 400, 'release'],
    [{ environment: 'prod', release: 'prices-r1', reason: '' }, 400, 'reason'],
  ])('report the problem with %j', async (wanted, status, message) => {
    const refused = await promote('bea', wanted);
    expect(refused.status).toBe(status);
    expect(refused.body.error.message).toContain(message);
  });
});
