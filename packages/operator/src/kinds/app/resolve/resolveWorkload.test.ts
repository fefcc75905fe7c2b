import type {
  AppEnvironment,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, pack, plan, tenant } from '@bailiwick/backstage-testing/objects';
import type { Caches } from '../../../cache';
import { resolveWorkload } from './resolveWorkload';

const digest = `sha256:${'ab'.repeat(32)}`;
const home = 'desk--home';
const prices = app('prices', home);

function release(changes: Partial<Release['spec']> = {}): Release {
  return {
    apiVersion: prices.apiVersion,
    kind: 'Release',
    metadata: { name: 'prices-r1', namespace: 'desk--home', uid: 'r1' },
    spec: {
      app: 'prices',
      number: 1,
      commit: 'c0ffee1c0ffee1c0ffee',
      bundle: { digest, runtime: 'market-py' },
      archetype: prices.spec.archetype,
      answers: {},
      contract: { functions: [] },
      createdBy: 'user:default/bea',
      ...changes,
    },
  };
}

/** Caches of a tenant with one release and with bundles by ConfigMap name. */
function caches(bundles: Record<string, string>, one?: Release): Caches {
  return {
    packs: { get: () => pack('market') },
    plans: { get: () => plan('small') },
    claims: { get: () => undefined },
    clusters: { get: () => undefined },
    nodes: {
      list: () => [
        {
          status: { runtimeHandlers: [{ features: { userNamespaces: true } }] },
        },
      ],
    },
    namespaces: { get: (name: string) => ({ metadata: { name } }) },
    runtimeImages: {
      get: () => ({ data: { 'bailiwick.python': 'registry.test/python:2' } }),
    },
    builds: { index: () => [] },
    releases: {
      get: (name: string) => (one?.metadata.name === name ? one : undefined),
    },
    homeConfigMaps: {
      get: (name: string) =>
        bundles[name] && {
          metadata: {
            name,
            annotations: { 'bailiwick.dev/bundle-digest': bundles[name] },
          },
        },
    },
  } as unknown as Caches;
}

const draft = { name: 'dev', revision: 'draft' as const };
const released = { name: 'prod', release: 'prices-r1', promoted: 'r1' };

const resolve = (known: Caches, environment: AppEnvironment) =>
  resolveWorkload(known, tenant('desk'), prices, environment);

describe('resolveWorkload', () => {
  it('runs the newest commit as a draft, and names the copy by its content', () => {
    expect(resolve(caches({ 'prices-3f9c1e2': digest }), draft)).toMatchObject({
      isDraft: true,
      commit: '3f9c1e2',
      image: 'registry.test/python:2',
      bundle: { source: 'prices-3f9c1e2', copy: 'prices-abababababab', digest },
    });
  });

  it('runs the commit of a release', () => {
    const known = caches({ 'prices-c0ffee1c0ffe': digest }, release());
    expect(resolve(known, released)).toMatchObject({
      commit: 'c0ffee1c0ffee1c0ffee',
      bundle: { digest },
    });
  });

  it('scales to zero only outside protected environments', () => {
    const known = caches(
      { 'prices-c0ffee1c0ffe': digest, 'prices-3f9c1e2': digest },
      release(),
    );
    const of = (environment: AppEnvironment) =>
      resolve(known, { ...environment, scaleToZeroMinutes: 5 });
    expect(of(draft).scaleToZeroMinutes).toBe(5);
    expect(
      of({ ...draft, suspended: true }).scaleToZeroMinutes,
    ).toBeUndefined();
    expect(of(released).scaleToZeroMinutes).toBeUndefined();
  });

  it('runs a release of an image without its parts', () => {
    const image = `registry.test/desk/prices@${digest}`;
    const published = release({ format: 'image' });
    const of = (status: Release['status']) => () =>
      resolve(
        caches({ 'prices-c0ffee1c0ffe': digest }, { ...published, status }),
        released,
      );
    expect(of({ image })()).toMatchObject({ image, isSelfContained: true });
    expect(of({ image })().packages).toBeUndefined();
    expect(of({})).toThrow(/^The image of release "prices-r1" is being built/);
  });

  it('runs a release with its own archetype, whatever its app has now', () => {
    const { archetype } = prices.spec;
    const changed = app('prices', home, {
      archetype: { ...archetype, name: 'another' },
    });
    const known = caches(
      { 'prices-c0ffee1c0ffe': digest, 'prices-3f9c1e2': digest },
      release(),
    );
    const of = (environment: AppEnvironment) => () =>
      resolveWorkload(known, tenant('desk'), changed, environment);
    expect(of(released)).not.toThrow();
    expect(of(draft)).toThrow('has no archetype "another"');
  });

  it.each([undefined, 'another-object'])(
    'runs nothing in a protected environment when %s was promoted',
    promoted => {
      const known = caches({ 'prices-c0ffee1c0ffe': digest }, release());
      expect(() => resolve(known, { ...released, promoted })).toThrow(
        'Environment prod is protected, and release "prices-r1" was not promoted to it.',
      );
    },
  );

  it('runs no release of another pack', () => {
    const archetype = { ...prices.spec.archetype, pack: 'other' };
    const known = caches({}, release({ archetype }));
    expect(() => resolve(known, released)).toThrow(
      'Release "prices-r1" is for pack other, and the app uses pack market.',
    );
  });

  it('runs no draft where the tenant protects the environment', () => {
    const known = caches({ 'prices-3f9c1e2': digest });
    expect(() => resolve(known, { name: 'prod', revision: 'draft' })).toThrow(
      'Environment prod is protected and accepts only releases.',
    );
  });

  it.each([
    [`registry.test/python@${digest}`, `registry.test/python@${digest}`],
    [`bailiwick/python@${digest}`, `registry.test/python@${digest}`],
    [`market-py@${digest}`, `registry.test/python@${digest}`],
    ['registry.test/python:1', 'registry.test/python:1'],
    ['market-py', 'registry.test/python:2'],
    ['bailiwick/python', 'registry.test/python:2'],
  ])('runs a release on %s as %s', (runtime, image) => {
    const known = caches(
      { 'prices-c0ffee1c0ffe': digest },
      release({ bundle: { digest, runtime } }),
    );
    expect(resolve(known, released).image).toBe(image);
  });

  it.each([
    'miner.test/python:1',
    'python:3',
    `registry.test/other@${digest}`,
    'registry.test/python/other:1',
    'registry.test:5000/python:1',
    'other-runtime',
  ])('refuses a release on %s, which is no runtime of the pack', runtime => {
    const known = caches(
      { 'prices-c0ffee1c0ffe': digest },
      release({ bundle: { digest, runtime } }),
    );
    expect(() => resolve(known, released)).toThrow(
      `The release requires image ${runtime}, which is not a runtime of domain pack market.`,
    );
  });

  it.each([
    [
      'a release that does not exist',
      caches({}),
      'Release "prices-r1" of this app was not found.',
    ],
    [
      'a release of another app',
      caches({}, release({ app: 'other' })),
      'Release "prices-r1" of this app was not found.',
    ],
    [
      'code that is not the one that was released',
      caches({ 'prices-c0ffee1c0ffe': `sha256:${'cd'.repeat(32)}` }, release()),
      'The code of commit c0ffee1 differs from the released code.',
    ],
    [
      'code that is not packed',
      caches({}, release()),
      'Bundling the code of commit c0ffee1c0ffe.',
    ],
  ])('stops at %s', (_, known, words) => {
    expect(() => resolve(known, released)).toThrow(words);
  });
});
