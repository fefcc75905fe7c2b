import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common';
import { app } from '../../__testUtils__/objects';
import type { Caches } from '../../cache';
import { resolveBundle } from './resolveBundle';

const digest = `sha256:${'ab'.repeat(32)}`;
const prices = app('prices', 'desk--home');

function release(changes: Partial<Release['spec']> = {}): Release {
  return {
    apiVersion: prices.apiVersion,
    kind: 'Release',
    metadata: { name: 'prices-r1', namespace: 'desk--home' },
    spec: {
      app: 'prices',
      number: 1,
      commit: 'c0ffee1c0ffee1c0ffee',
      bundle: { digest, runtime: 'finance-py' },
      archetype: prices.spec.archetype,
      answers: {},
      contract: { functions: [] },
      createdBy: 'user:default/bea',
      ...changes,
    },
  };
}

/** Caches with one release and with bundles by ConfigMap name. */
function caches(bundles: Record<string, string>, one?: Release): Caches {
  return {
    releases: {
      get: (name: string) => (one?.metadata.name === name ? one : undefined),
    },
    configMaps: {
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
const released = { name: 'prod', release: 'prices-r1' };

describe('resolveBundle', () => {
  it('runs the newest commit as a draft, and names the copy by its content', () => {
    expect(
      resolveBundle(caches({ 'prices-3f9c1e2': digest }), prices, draft),
    ).toEqual({
      commit: '3f9c1e2',
      bundle: { source: 'prices-3f9c1e2', copy: 'prices-abababababab', digest },
    });
  });

  it('runs the commit of a release', () => {
    const found = resolveBundle(
      caches({ 'prices-c0ffee1c0ffe': digest }, release()),
      prices,
      released,
    );
    expect(found).toMatchObject({
      commit: 'c0ffee1c0ffee1c0ffee',
      bundle: { digest },
    });
  });

  it.each([
    [
      'a release that does not exist',
      caches({}),
      'There is no release "prices-r1" of this app.',
    ],
    [
      'a release of another app',
      caches({}, release({ app: 'other' })),
      'There is no release "prices-r1" of this app.',
    ],
    [
      'code that is not the one that was released',
      caches({ 'prices-c0ffee1c0ffe': `sha256:${'cd'.repeat(32)}` }, release()),
      'The code of commit c0ffee1c0ffe is not the one that was released.',
    ],
    [
      'code that is not packed',
      caches({}, release()),
      'The code of commit c0ffee1c0ffe is not packed yet.',
    ],
  ])('stops at %s', (_, known, words) => {
    expect(() => resolveBundle(known, prices, released)).toThrow(words);
  });
});
