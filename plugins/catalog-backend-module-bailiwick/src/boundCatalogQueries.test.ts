import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  kubernetesServiceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AddressInfo } from 'node:net';
import { catalogModuleBailiwick } from './module';

const subscribe = () => () => {};
const emptyList = { list: () => [], get: () => undefined, subscribe };
const kubernetes = {
  progress: () => ({ ready: false }),
  onProgress: subscribe,
  lists: {
    apps: emptyList,
    clusters: emptyList,
    connections: emptyList,
    packs: emptyList,
    plans: emptyList,
    tenants: emptyList,
  },
} as unknown as KubernetesService;

describe('queries of the catalog', () => {
  let backend: TestBackend;
  let url: string;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleBailiwick,
        createServiceFactory({
          service: kubernetesServiceRef,
          deps: {},
          factory: () => kubernetes,
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/api/catalog/entities/by-query`;
  }, 60_000);
  afterAll(() => backend?.stop());

  /** A predicate with so many levels of objects. */
  const nested = (levels: number) =>
    `${'{"$not":'.repeat(levels - 1)}{"kind":"user"}${'}'.repeat(levels - 1)}`;
  const post = (levels: number) =>
    fetch(url, {
      method: 'POST',
      body: `{"query":${nested(levels - 1)}}`,
      headers: { 'content-type': 'application/json' },
    });
  const withCursor = (levels: number) => {
    const cursor = `{"orderFields":[],"orderFieldValues":[],"isPrevious":false,"query":${nested(
      levels - 1,
    )}}`;
    return fetch(`${url}?cursor=${Buffer.from(cursor).toString('base64')}`);
  };

  it.each([2, 50])('answers %i levels', async levels => {
    const answer = await post(levels);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ items: [] });
    expect((await withCursor(levels)).status).toBe(200);
  });

  it.each([51, 1_000, 9_000])('refuses %i levels', async levels => {
    const answer = await post(levels);
    expect(answer.status).toBe(400);
    const { error } = await answer.json();
    expect(error.message).toMatch(/more than 50 levels; divide it/);
  });

  it.each([51, 1_000])('refuses a cursor of %i levels', async levels => {
    const answer = await withCursor(levels);
    expect(answer.status).toBe(400);
    const { error } = await answer.json();
    expect(error.message).toMatch(/more than 50 levels/);
  });

  const anyOf = (count: number) =>
    fetch(url, {
      method: 'POST',
      body: JSON.stringify({
        query: {
          $any: Array.from({ length: count }, () => ({ kind: 'user' })),
        },
      }),
      headers: { 'content-type': 'application/json' },
    });

  it.each([
    [199, 200],
    [200, 400],
  ])('answers %i conditions with %i', async (count, status) => {
    expect((await anyOf(count)).status).toBe(status);
  });

  it.each([
    [100, 200],
    [101, 400],
  ])('answers %i filters with %i', async (count, status) => {
    const filters = Array.from(
      { length: count },
      (_, at) => `filter=kind=${at}`,
    );
    const answer = await fetch(`${url}?${filters.join('&')}`);
    expect(answer.status).toBe(status);
  });

  it('counts the fields of one object', async () => {
    const fields = Array.from({ length: 201 }, (_, at) => [`a.b${at}`, 'x']);
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ query: Object.fromEntries(fields) }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });

  it('answers a question about many values of one field', async () => {
    const values = Array.from({ length: 900 }, (_, at) => `x${at}`);
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ query: { 'spec.type': { $in: values } } }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(200);
  });

  it('answers a question about many entities', async () => {
    const answer = await fetch(url.replace('by-query', 'by-refs'), {
      method: 'POST',
      body: JSON.stringify({
        entityRefs: Array.from(
          { length: 900 },
          (_, at) => `user:default/${at}`,
        ),
      }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(200);
  });
});
