import {
  coreKinds,
  canI,
  readManifests,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  labels,
  managedBy,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, bundle } from '@bailiwick/backstage-testing/objects';
import { eventually } from '@bailiwick/backstage-testing';
import { join } from 'node:path';
import {
  discover,
  rightsIn,
  rightsOf,
  verbs,
  type Rule,
} from './__testUtils__/Discovery';
import { commit, Estate } from '@bailiwick/backstage-testing/world';
import operatorRights from './operatorRights.json';
import {
  attempt,
  body,
  creation,
  forbidden,
  mergePatch,
  notRefused,
} from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const apps = '/apis/bailiwick.dev/v1alpha1/namespaces/alpha--home/apps';
const chart = join(import.meta.dirname, '../../../charts/bailiwick/templates');

integration('the operator as the deputy of a tenant', () => {
  let estate: Estate;
  const deployment = async (tenant: string, name: string) => {
    const all = await estate.admin
      .resource(coreKinds.deployments)
      .list({ namespace: `${tenant}--dev` });
    return all.find(({ metadata }) => metadata.name === name);
  };
  const wanted = (name: string, changes: Partial<App['spec']> = {}) =>
    app(name, 'alpha--home', {
      owner: 'group:default/alpha',
      source: { repository: `alpha/${name}`, path: '.', revision: commit },
      ...changes,
    });

  beforeAll(async () => {
    estate = await Estate.start();
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  /** Creates a pod like those of runs, except for its name. */
  const podOf = async (name: string) => {
    await eventually(
      `The app ${name} is applied`,
      async () => Boolean(await deployment('alpha', name)),
      30,
    );
    const { template } = (await deployment('alpha', name))!.spec as {
      template: { spec: object };
    };
    return JSON.stringify(template.spec)
      .replaceAll(name, 'APP')
      .replaceAll(/APP-\w+/g, 'BUNDLE');
  };

  it.each([
    ['manifests', { manifests: [body('v1', 'Namespace', 'evil')] }],
    ['podSpec', { podSpec: { hostNetwork: true } }],
    ['sidecars', { sidecars: [{ name: 'evil', image: 'evil.test/x' }] }],
    [
      'template',
      {
        template: {
          spec: { volumes: [{ name: 'v', hostPath: { path: '/' } }] },
        },
      },
    ],
    ['namespace', { namespace: 'beta--dev' }],
    ['serviceAccountName', { serviceAccountName: 'default' }],
  ])(
    'isolation/14 has no field such as %s that would become part of a pod',
    async (field, extra) => {
      const builder = estate.member('alpha', 'builder');
      const plain = wanted('extra');
      const evil = { ...plain, spec: { ...plain.spec, ...extra } };
      const strict = {
        ...creation(apps, evil),
        query: { fieldValidation: 'Strict' },
      };
      expect(await attempt(builder, strict)).toMatch(
        new RegExp(`^400 .*unknown field "spec.${field}"`),
      );
      const stored = await builder.request<App>({
        ...creation(apps, evil),
        query: { dryRun: 'All' },
      });
      expect(stored.spec).not.toHaveProperty(field);
    },
  );

  it('isolation/14 creates the same pod for all answers, titles, labels and annotations', async () => {
    const builder = estate.member('alpha', 'builder');
    const home = {
      namespace: 'alpha--home',
      fieldManager: 'people',
      force: true,
    };
    const text =
      '{{ .Values }} ${{ secrets.token }} $(cat /etc/passwd)\n---\nkind: ClusterRoleBinding';
    const evil = wanted('answers', {
      title: 'x: {hostNetwork: true}',
      answers: {
        text,
        spec: { hostNetwork: true },
        containers: [{ image: 'evil.test/x' }],
      } as App['spec']['answers'],
    });
    evil.metadata.annotations = {
      'container.apparmor.security.beta.kubernetes.io/app': 'unconfined',
      'sidecar.istio.io/inject': 'true',
    };
    evil.metadata.labels = {
      'pod-security.kubernetes.io/enforce': 'privileged',
      evil: 'true',
    };
    for (const one of [evil, wanted('plain')]) {
      await builder
        .resource(coreKinds.configMaps)
        .apply(bundle(one.metadata.name, 'alpha--home', commit, 'code'), home);
      await builder.resource<App>(appKind).create(one);
    }
    expect(await podOf('answers')).toBe(await podOf('plain'));
    const made = JSON.stringify(await deployment('alpha', 'answers'));
    for (const word of ['evil', 'hostNetwork', 'istio', 'unconfined'])
      expect(made).not.toContain(word);
  });

  it("isolation/15 accepts code only from the app's own home", async () => {
    const other = 'fedcba9';
    await estate.admin
      .resource(coreKinds.configMaps)
      .apply(bundle('thief', 'beta--home', other, 'code of beta'), {
        fieldManager: 'people',
        force: true,
      });
    const builder = estate.member('alpha', 'builder');
    await builder.resource<App>(appKind).create(
      wanted('thief', {
        source: { repository: 'beta/thief', path: '.', revision: other },
      }),
    );
    await eventually('The app waits for its code', async () => {
      const { status } = await builder
        .resource<App>(appKind)
        .get('thief', { namespace: 'alpha--home' });
      return (status?.environments?.[0].why ?? '') !== '';
    });
    expect(await deployment('alpha', 'thief')).toBeUndefined();
    const copies = await estate.admin
      .resource(coreKinds.configMaps)
      .list({ namespace: 'alpha--dev' });
    expect(
      copies.filter(({ metadata }) => metadata.name.startsWith('thief')),
    ).toEqual([]);
  });

  it('isolation/16 gives no one a host name, and no way to request one', async () => {
    const ingress = (host: string) =>
      creation(
        '/apis/networking.k8s.io/v1/namespaces/alpha--dev/ingresses',
        body('networking.k8s.io/v1', 'Ingress', 'x', {
          spec: {
            rules: [
              {
                host,
                http: {
                  paths: [
                    {
                      path: '/',
                      pathType: 'Prefix',
                      backend: {
                        service: { name: 'prices', port: { number: 80 } },
                      },
                    },
                  ],
                },
              },
            ],
          },
        }),
      );
    expect(
      await notRefused(
        estate.member('alpha', 'owner'),
        estate.admin,
        ['beta.example.com', '*.example.com', 'example.com'].map(ingress),
      ),
    ).toEqual([]);
    expect(
      await canI(estate.member('alpha', 'owner'), {
        verb: 'create',
        group: 'gateway.networking.k8s.io',
        resource: 'httproutes',
        namespace: 'alpha--dev',
      }),
    ).toBe(false);
    const strict = {
      ...creation(apps, {
        ...wanted('host'),
        spec: { ...wanted('host').spec, host: 'beta.example.com' },
      }),
      query: { fieldValidation: 'Strict' },
    };
    expect(await attempt(estate.member('alpha', 'builder'), strict)).toMatch(
      /^400 .*unknown field/,
    );
  });

  it('isolation/17 sets no finalizer and no owner on the operator’s objects', async () => {
    const marks = [
      { finalizers: ['evil.test/hold'] },
      {
        ownerReferences: [
          { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' },
        ],
      },
    ];
    const made = [
      '/apis/apps/v1/namespaces/alpha--dev/deployments/prices',
      '/api/v1/namespaces/alpha--dev/services/prices',
      '/api/v1/namespaces/alpha--dev',
    ];
    const requests = made.flatMap(path =>
      marks.map(metadata => mergePatch(path, { metadata })),
    );
    for (const request of requests)
      expect(await attempt(estate.member('alpha', 'owner'), request)).toMatch(
        forbidden,
      );
    // Nor do objects of people name one of the operator's as their owner.
    const before = await deployment('alpha', 'prices');
    const builder = estate.member('alpha', 'builder');
    for (const blockOwnerDeletion of [true, false]) {
      const owner = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'prices',
        uid: before?.metadata.uid,
        blockOwnerDeletion,
      };
      const metadata = { name: 'owned', ownerReferences: [owner] };
      expect(
        await attempt(
          builder,
          creation(
            '/api/v1/namespaces/alpha--home/configmaps',
            body('v1', 'ConfigMap', 'owned', { metadata }),
          ),
        ),
      ).toMatch(/^403 |You cannot set owners/);
    }
  });

  it('isolation/18 adopts no foreign objects, whatever their labels', async () => {
    const before = await deployment('beta', 'prices');
    const uid = before?.metadata.uid;
    // An app of the same name, and a ConfigMap with the operator's own labels, for beta.
    const { apiVersion, kind } = coreKinds.configMaps;
    const builder = estate.member('alpha', 'builder');
    await builder.resource(coreKinds.configMaps).create({
      apiVersion,
      kind,
      metadata: {
        name: 'prices-beta',
        namespace: 'alpha--home',
        labels: {
          [labels.managedBy]: managedBy,
          [labels.tenant]: 'beta',
          [labels.app]: 'prices',
        },
        annotations: { ...before?.metadata.annotations },
      },
      data: { evil: 'true' },
    });
    await builder
      .resource<App>(appKind)
      .delete('prices', { namespace: 'alpha--home' });
    await eventually(
      'The app of alpha is gone',
      async () => !(await deployment('alpha', 'prices')),
      30,
    );
    const after = await deployment('beta', 'prices');
    expect(after?.metadata).toMatchObject({
      uid,
      generation: before?.metadata.generation,
    });
    const strangers = await estate.admin
      .resource(coreKinds.configMaps)
      .get('prices-beta', { namespace: 'alpha--home' });
    expect(strangers.data).toEqual({ evil: 'true' });
  });

  it("isolation/19 shows no tenant another one's code or its log", async () => {
    const beta = estate.member('beta', 'builder');
    for (const [resource, namespace] of [
      ['configmaps', 'alpha--home'],
      ['configmaps', 'alpha--dev'],
      ['secrets', 'alpha--home'],
      ['secrets', 'alpha--dev'],
      ['secrets', 'bailiwick-system'],
      ['pods/log', 'alpha--dev'],
    ])
      for (const verb of ['get', 'list', 'watch'])
        expect(await canI(beta, { verb, group: '', resource, namespace })).toBe(
          false,
        );
  });

  it('isolation/20 grants the operator exactly the listed rights, and none of an administrator', async () => {
    const roles = readManifests(chart).filter(
      ({ kind, metadata }) =>
        /Role$/.test(kind) && metadata.name === 'bailiwick:operator',
    );
    const rules = roles.flatMap(
      role => (role as unknown as { rules: Rule[] }).rules,
    );
    expect(roles).toHaveLength(3);
    expect(rightsIn(rules)).toEqual(operatorRights);
    const operator = estate.person('bailiwick:operator');
    const served = await discover(estate.admin);
    const powers = await rightsOf(operator, [
      ...served
        .filter(
          ({ group, name }) =>
            /^(secrets|serviceaccounts\/token|pods\/(exec|attach|portforward|ephemeralcontainers)|nodes\/.*)$/.test(
              name,
            ) ||
            /certificates|admissionregistration|apiextensions|apiregistration/.test(
              group,
            ),
        )
        .flatMap(({ group, name }) =>
          verbs.map(verb => ({ verb, group, resource: name })),
        ),
      ...['escalate', 'bind'].map(verb => ({
        verb,
        group: 'rbac.authorization.k8s.io',
        resource: 'clusterroles',
      })),
      ...['users', 'groups', 'serviceaccounts'].map(resource => ({
        verb: 'impersonate',
        group: '',
        resource,
      })),
    ]);
    // It copies the Secrets of connections to apps, and sees none of tenants.
    expect(powers).toEqual(['create secrets', 'delete secrets']);
    for (const verb of ['get', 'list', 'watch', 'patch', 'update'])
      for (const namespace of ['alpha--home', 'alpha--dev', 'kube-system'])
        expect(
          await canI(operator, {
            verb,
            group: '',
            resource: 'secrets',
            namespace,
          }),
        ).toBe(false);
  });
});
