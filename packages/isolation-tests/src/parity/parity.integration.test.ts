import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan } from '@bailiwick/backstage-testing/objects';
import { Estate } from '@bailiwick/backstage-testing/world';
import { attempt } from '../__testUtils__/Verdicts';
import { asking } from './__testUtils__/asking';
import { building } from './__testUtils__/building';
import { Portal } from './__testUtils__/Portal';
import { operating } from './__testUtils__/operating';
import { reading } from './__testUtils__/reading';
import {
  group,
  names,
  people,
  type Name,
  type Row,
  type Scene,
} from './__testUtils__/Row';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const rows: Record<string, Row> = {
  ...reading,
  ...building,
  ...operating,
  ...asking,
};
/** By missing rights, or by an admission policy. */
const refusal = /^403 |denied request/;
const turns = ['calm', 'cordon'];

integration('the portal beside the API server', () => {
  let scene: Scene;
  /** A person whose groups change. */
  const guest = { user: 'user:default/guest', groups: ['group:default/alpha'] };

  beforeAll(async () => {
    const { perEnvironment } = plan('small').spec;
    const estate = await Estate.start({
      perEnvironment: { ...perEnvironment, apps: 100, pods: 300 },
      environments: { max: 20, names: [] },
    });
    const portal = await Portal.start(
      estate,
      [...Object.values(people), guest],
      names.flatMap(who =>
        turns.map(turn => ({ tenant: 'alpha', name: `acted-${turn}-${who}` })),
      ),
    );
    scene = { estate, portal, turn: turns[0], pod: await podOf(estate) };
    await eventually(
      'The portal knows the app',
      async () =>
        (await portal.sees(people.owner, '/apps', 'alpha--home/prices')) ===
        200,
    );
    const files = [{ path: 'functions.py', content: '# prices\n' }];
    const wanted = { name: 'prices', files };
    const place = '/tenants/alpha/repositories';
    await portal.call(people.owner, 'POST', place, wanted);
  }, 240_000);
  afterAll(async () => {
    await scene?.portal.stop();
    await scene?.estate.stop();
  }, 60_000);

  /** A pod of the app, which no node runs here. */
  async function podOf({ admin }: Estate): Promise<string> {
    const pod = await eventually('A pod of the app', async () => {
      const [first] = await admin.resource(coreKinds.pods).list({
        namespace: 'alpha--dev',
        labelSelector: `${labels.app}=prices`,
      });
      return first;
    });
    return pod.metadata.name;
  }

  /** Returns who is allowed by the API server and by the portal, and responses that are neither yes nor no. */
  async function ask({ answer = 200, kubectl, portal, prepare }: Row) {
    const verdicts = {
      kubectl: [] as Name[],
      portal: [] as Name[],
      odd: [] as string[],
    };
    for (const who of names) {
      const { groups, user } = people[who];
      await prepare?.(scene, who);
      const person = scene.estate.person(user, ...groups);
      const said = await attempt(person, kubectl(scene, who));
      const isGiven = said === 'allowed' || said.startsWith(`${answer} `);
      if (isGiven) verdicts.kubectl.push(who);
      else if (!refusal.test(said))
        verdicts.odd.push(`${who}, kubectl: ${said}`);
      const status = await portal(scene, who);
      if (status === answer || (status >= 200 && status < 300))
        verdicts.portal.push(who);
      else if (status !== 403 && status !== 404)
        verdicts.odd.push(`${who}, portal: ${status}`);
    }
    return verdicts;
  }

  it.each(Object.keys(rows))(
    'isolation/H lets the same people %s, by kubectl and by the portal',
    async what => {
      const { may, portalMay = may } = rows[what];
      expect(await ask(rows[what])).toEqual({
        kubectl: may,
        portal: portalMay,
        odd: [],
      });
    },
  );

  it('isolation/H shows no Secret in the Kubernetes tab', async () => {
    const canary = 'canary-91f0';
    const { admin, portal } = { ...scene, ...scene.estate };
    await admin.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'parity',
        namespace: 'alpha--dev',
        labels: { [labels.tenant]: 'alpha', [labels.app]: 'prices' },
      },
      stringData: { password: canary },
    } as never);
    const { groups, user } = people.owner;
    expect(
      await attempt(scene.estate.person(user, ...groups), {
        path: '/api/v1/namespaces/alpha--dev/secrets/parity',
      }),
    ).toMatch(/^403 /);
    const found = await portal.tab(people.owner, 'alpha', 'prices');
    expect(found.length).toBeGreaterThan(3);
    expect(found.map(({ type }) => type)).not.toContain('secrets');
    const encoded = Buffer.from(canary).toString('base64');
    expect(JSON.stringify(found)).not.toMatch(`${canary}|${encoded}`);
  });

  it('isolation/H revokes the rights of a group with the next token', async () => {
    const tenant = () => scene.portal.sees(guest, '/tenants', 'alpha');
    const asKubernetes = () =>
      attempt(scene.estate.person(guest.user, ...guest.groups), {
        path: `${group}/tenants/alpha`,
      });
    expect([await tenant(), await asKubernetes()]).toEqual([200, 'allowed']);
    guest.groups.splice(0);
    expect(await tenant()).toBe(404);
    expect(await asKubernetes()).toMatch(/^403 /);
  });

  describe('while the tenant is cordoned', () => {
    beforeAll(async () => {
      const { admin } = scene.estate;
      // A restart created another one.
      const pod = await podOf(scene.estate);
      scene = { ...scene, turn: turns[1], pod };
      await admin.resource<Tenant>(tenantKind).patch('alpha', {
        spec: {
          cordon: {
            reason: 'An audit.',
            by: people.engineer.user,
            at: new Date().toISOString(),
          },
        },
      });
      await eventually('All namespaces are closed', async () => {
        const found = await admin.resource(coreKinds.namespaces).list({
          labelSelector: `${labels.tenant}=alpha`,
        });
        return found.every(
          ({ metadata }) => metadata.labels?.[labels.cordoned] === 'true',
        );
      });
    }, 60_000);

    it.each(Object.keys(rows).filter(what => rows[what].mayInCordon))(
      'isolation/H lets the same people %s, by kubectl and by the portal',
      async what => {
        const may = rows[what].mayInCordon;
        expect(await ask(rows[what])).toEqual({
          kubectl: may,
          portal: may,
          odd: [],
        });
      },
    );
  });
});
