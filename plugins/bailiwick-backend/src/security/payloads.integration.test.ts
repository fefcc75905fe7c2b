import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  addressOf,
  bodies,
  keyOfRoute,
} from '../__testUtils__/exampleRequests';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import {
  pathPayloads,
  stringsIn,
  templatePayloads,
  withAt,
} from '../__testUtils__/payloads';
import { signedInAs } from '../__testUtils__/people';
import { routesOfPlugin, type Route } from '../__testUtils__/routesOf';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(300_000);

const table = routesOfPlugin().map(
  route => [keyOfRoute(route), route] as const,
);
const withBody = table.filter(
  ([key]) => stringsIn(bodies[key] ?? {}).length > 0,
);
const withParameters = table.filter(([, { path }]) => path.includes(':'));
// A template engine evaluates those of its syntax, wherever they are in a text, or fails.
const payloads = [templatePayloads.join(' '), ...pathPayloads];

integration('hostile input', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await createFeedApp(portal);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  /** Sends text as JSON, as an owner with all rights; the address is sent unchanged. */
  async function send({ method }: Route, address: string, json?: string) {
    const { hostname, pathname, port } = new URL(portal.url);
    const query = method === 'POST' ? '?dryRun=true' : '';
    const asked = request({
      hostname,
      port,
      method,
      // Other clients would remove `..` before they send it.
      path: `${pathname}${address}${query}`,
      headers: { ...signedInAs('rita'), 'content-type': 'application/json' },
    });
    asked.end(json);
    const [response]: IncomingMessage[] = await once(asked, 'response');
    return { status: response.statusCode ?? 0, text: await text(response) };
  }

  it.each(withBody)(
    'in each string of %s is data or refused',
    async (key, route) => {
      const body = bodies[key];
      for (const place of stringsIn(body)) {
        for (const payload of payloads) {
          const json = JSON.stringify(withAt(body, place, payload));
          const said = await send(route, addressOf(route), json);
          const what = `${place.join('.')}: ${payload.slice(0, 60)}`;
          expect([what, said.status < 500]).toEqual([what, true]);
          expect([what, said.text.includes('62615533')]).toEqual([what, false]);
        }
      }
    },
  );

  it.each(withParameters)(
    'in each parameter of %s is refused',
    async (key, route) => {
      const names = (route.path.match(/:(\w+)/g) ?? []).map(one =>
        one.slice(1),
      );
      for (const name of names) {
        for (const payload of payloads) {
          const address = addressOf(route, { [name]: payload });
          const json = bodies[key] && JSON.stringify(bodies[key]);
          const { status } = await send(route, address, json);
          const what = `${name}: ${payload.slice(0, 60)}`;
          expect([what, status >= 400 && status < 500]).toEqual([what, true]);
        }
      }
    },
  );

  it.each(withBody)(
    'as __proto__ in %s changes no prototype',
    async (key, route) => {
      const records = new Set(
        stringsIn(bodies[key]).map(place => JSON.stringify(place.slice(0, -1))),
      );
      for (const record of records) {
        for (const name of ['__proto__', 'constructor', 'prototype']) {
          const place = [...(JSON.parse(record) as string[]), 'PLACE'];
          const evil = { polluted: 'yes', isAdmin: true };
          const json = JSON.stringify(withAt(bodies[key], place, evil)).replace(
            '"PLACE"',
            JSON.stringify(name),
          );
          const { status } = await send(route, addressOf(route), json);
          expect([record, name, status < 500]).toEqual([record, name, true]);
        }
      }
      expect('polluted' in {}).toBe(false);
      expect('isAdmin' in Object.prototype).toBe(false);
    },
  );

  it('has written nothing outside of its place', async () => {
    expect(existsSync('/tmp/outside')).toBe(false);
    const tenants = await readdir(portal.repositories);
    expect(tenants.filter(name => name !== 'rates-desk')).toEqual([]);
    const own = await readdir(`${portal.repositories}/rates-desk`);
    expect(own.filter(name => !/^[a-z][-a-z0-9]*\.git$/.test(name))).toEqual(
      [],
    );
  });

  it('keeps answers that look like code unchanged', async () => {
    await portal.call('bea', 'POST', '/tenants/rates-desk/repositories', {
      name: 'literal',
      files: [{ path: 'functions.py', content: templatePayloads.join('\n') }],
    });
    const wanted = bodies['POST /tenants/:tenant/apps'];
    const { body, status } = await portal.call(
      'bea',
      'POST',
      '/tenants/rates-desk/apps',
      { ...wanted, name: 'literal', answers: { text: templatePayloads } },
    );
    expect(status).toBe(201);
    expect(body.spec.answers.text).toEqual(templatePayloads);
  });
});
