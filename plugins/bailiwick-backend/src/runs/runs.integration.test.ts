import { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  runKind,
  type App,
  type DomainPack,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, pack } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';

/** A pack whose archetype is a job at a time that its environments set. */
function jobs(): DomainPack {
  const { metadata, spec, ...rest } = pack('jobs');
  const [archetype] = spec.archetypes;
  const job = {
    ...archetype,
    shape: 'job' as const,
    settings: {
      type: 'object',
      properties: { when: { type: 'string', default: '0 6 * * *' } },
    },
    run: {
      steps: [{ function: 'prices' }],
      scheduleFrom: 'when',
      keep: 10,
      seconds: 60,
      storage: '1Gi',
    },
  };
  return { ...rest, metadata, spec: { ...spec, archetypes: [job] } };
}

integration('runs through the portal', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;
  const path = (name = 'report') => `/tenants/rates-desk/apps/${name}`;
  const begin = (who: Name, wanted: unknown, name?: string) =>
    portal.call(who, 'POST', `${path(name)}/runs`, wanted);
  const cancel = (who: Name, run: string) =>
    portal.call(who, 'POST', `${path()}/runs/${run}/cancellation`);
  const view = async (who: Name = 'bea') =>
    (await portal.call(who, 'GET', path())).body;

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(admin());
    const packs = admin().resource<DomainPack>(domainPackKind);
    await packs.create(jobs());
    const apps = admin().resource<App>(appKind);
    const { name } = jobs().spec.archetypes[0];
    const archetype = { pack: 'jobs', version: '1.0.0', name };
    await apps.create(
      app('report', namespace, {
        archetype,
        environments: [
          { name: 'dev', revision: 'draft', parameters: { when: '5 * * * *' } },
        ],
      }),
    );
    await apps.create(app('prices', namespace));
    for (const one of ['report', 'prices'])
      await portal.shows('bea', '/apps', one);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('are begun in the name of a builder, seen by members, and cancelled once', async () => {
    const { body, status } = await begin('bea', {
      environment: 'dev',
      parameters: { day: '2026-11-20' },
    });
    expect({ status, spec: body.spec }).toEqual({
      status: 201,
      spec: {
        app: 'report',
        environment: 'dev',
        trigger: 'person',
        requestedBy: people.bea.user,
        parameters: { day: '2026-11-20' },
      },
    });
    const { name } = body.metadata;
    await eventually('The run shows', async () => {
      const { work } = await view('tom');
      return work.runs.some((run: Run) => run.metadata.name === name);
    });
    expect((await view('tom')).work).toMatchObject({
      steps: [{ function: 'prices' }],
      schedules: [{ environment: 'dev', schedule: '5 * * * *' }],
    });
    expect((await cancel('rita', name)).body.spec.cancelled).toBe(true);
    const runs = admin().resource<Run>(runKind);
    await runs.patchStatus(
      name,
      { finishedAt: '2026-11-20T08:00:00Z', phase: 'Cancelled' },
      { namespace },
    );
    await eventually('The run cannot be cancelled again', async () => {
      const again = await cancel('bea', name);
      return (
        again.status === 409 &&
        again.body.error.message === `Run "${name}" has already ended`
      );
    });
  });

  it.each(['tom', 'eve', 'pia'] as const)('are not for %s', async who => {
    const { status } = await begin(who, { environment: 'dev' });
    expect([403, 404]).toContain(status);
  });

  it.each([
    [
      { environment: 'prod' },
      400,
      'is not deployed in "prod"; its environments: dev',
    ],
    [{ environment: 'dev', when: 1 }, 400, 'when'],
    [{}, 400, 'environment'],
  ])('report the problem with %j', async (wanted, status, message) => {
    const refused = await begin('bea', wanted);
    expect(refused.status).toBe(status);
    expect(refused.body.error.message).toContain(message);
  });

  it('are nothing of an app that answers calls', async () => {
    const refused = await begin('bea', { environment: 'dev' }, 'prices');
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('call its functions');
    const missing = await cancel('bea', 'report-nothing');
    expect(missing.status).toBe(404);
  });
});
