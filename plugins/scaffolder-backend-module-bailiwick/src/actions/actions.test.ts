import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { existsSync, readFileSync } from 'node:fs';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import { createCreateAppAction } from './createApp';
import { createCreateRepoAction } from './createRepo';
import { createRenderArchetypeAction } from './renderArchetype';

const api = 'http://portal.test/api/bailiwick';
const place = { tenant: 'rates-desk', name: 'month-end-prices' };
const reference = { pack: 'market', version: '1.0.0', name: 'price-feed' };
const template = {
  path: 'src/functions.py',
  content: 'symbols = ${{ values.symbols | json }} # ${{ values.owner }}\n',
  render: true,
};

describe('scaffolder actions', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const workspace = createMockDirectory();
  /** Requests that arrived at the portal. */
  let calls: { method: string; url: string; token: string; body: any }[];
  const user = mockCredentials.user('user:default/bea');
  const services = {
    auth: mockServices.auth({ pluginId: 'scaffolder' }),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: place.name, namespace: place.tenant },
        },
      ],
    }),
    client: new BailiwickClient({
      discoveryApi: {
        getBaseUrl: async plugin => `http://portal.test/api/${plugin}`,
      },
    }),
  };

  beforeEach(() => {
    workspace.clear();
    calls = [];
    server.events.removeAllListeners();
    server.events.on('request:start', async ({ request }) => {
      const copy = request.clone();
      calls.push({
        method: copy.method,
        url: copy.url,
        token: copy.headers.get('authorization') ?? '',
        body: await copy.json().catch(() => undefined),
      });
    });
  });

  const context = <I extends object>(input: I, isDryRun = false) => ({
    ...createMockActionContext({ workspacePath: workspace.path }),
    workspacePath: workspace.path,
    output: jest.fn(),
    getInitiatorCredentials: async () => user,
    input,
    isDryRun,
  });
  const outputs = (ctx: { output: jest.Mock }) =>
    Object.fromEntries(ctx.output.mock.calls);

  const serveArchetype = (
    files: { path: string; content: string; render: boolean }[],
    version = '1.0.0',
  ) =>
    server.use(
      http.get(`${api}/packs/market/archetypes/price-feed`, () =>
        HttpResponse.json({
          pack: {
            metadata: { name: 'market' },
            spec: { version, vocabulary: [] },
          },
          archetype: {
            parameters: {
              properties: {
                symbols: { type: 'array' },
                start: { type: 'string', title: 'First month' },
                end: {
                  type: 'string',
                  title: 'Last month',
                  'x-bailiwick': { notBefore: 'start' },
                },
              },
            },
            files,
          },
        }),
      ),
      http.get(`${api}/tenants`, () =>
        HttpResponse.json({
          items: [
            {
              metadata: { name: place.tenant },
              spec: { owners: ['group:default/rates'] },
            },
          ],
        }),
      ),
    );

  describe('bailiwick:archetype:render', () => {
    const action = createRenderArchetypeAction(services);
    const input = {
      ...place,
      title: 'Month-end prices',
      archetype: reference,
      answers: { symbols: ['AAPL'], place: { tenant: 'x' }, name: 'y' },
    };

    it('writes the code and keeps the answers of the archetype', async () => {
      serveArchetype([template]);
      const ctx = context(input);
      await action.handler(ctx as never);
      expect(readFileSync(workspace.resolve('src/functions.py'), 'utf8')).toBe(
        'symbols = ["AAPL"] # group:default/rates\n',
      );
      expect(outputs(ctx)).toEqual({
        answers: { symbols: ['AAPL'] },
        files: ['src/functions.py', 'vocabulary.py'],
      });
    });

    it('calls the portal as the person who started the task', async () => {
      serveArchetype([template]);
      await action.handler(context(input) as never);
      expect(calls).not.toHaveLength(0);
      for (const { token } of calls) {
        expect(token).toBe(
          `Bearer ${mockCredentials.service.token({
            onBehalfOf: user,
            targetPluginId: 'bailiwick',
          })}`,
        );
      }
    });

    it('rejects a form for another version of the pack', async () => {
      serveArchetype([template], '2.0.0');
      await expect(action.handler(context(input) as never)).rejects.toThrow(
        /has changed from version 1\.0\.0 to 2\.0\.0/,
      );
      expect(existsSync(workspace.resolve('src'))).toBe(false);
    });

    it('refuses answers that are in the wrong order', async () => {
      serveArchetype([template]);
      const answers = { ...input.answers, start: '2010-01', end: '2009-12' };
      await expect(
        action.handler(context({ ...input, answers }) as never),
      ).rejects.toThrow('Last month must not be before First month, 2010-01');
    });

    it.each(['../outside.py', '/tmp/outside.py', 'a/../../outside.py'])(
      'refuses a template that writes to %s',
      async path => {
        serveArchetype([{ ...template, path }]);
        await expect(action.handler(context(input) as never)).rejects.toThrow(
          /not allowed|outside/i,
        );
        expect(existsSync(workspace.resolve('../outside.py'))).toBe(false);
      },
    );

    it('refuses a tenant that the person is not a member of', async () => {
      serveArchetype([template]);
      const ctx = context({ ...input, tenant: 'secret-desk' });
      await expect(action.handler(ctx as never)).rejects.toThrow(
        /Tenant "secret-desk" was not found, or you are not a member/,
      );
    });
  });

  describe('bailiwick:repo:create', () => {
    const action = createCreateRepoAction(services);
    const view = {
      name: 'x',
      cloneUrl: 'http://git.test/x.git',
      commit: 'abc',
    };
    const serve = () =>
      server.use(
        http.post(`${api}/tenants/rates-desk/repositories`, () =>
          HttpResponse.json(view, { status: 201 }),
        ),
      );

    it('sends all files of the workspace, also those in folders', async () => {
      serve();
      workspace.setContent({ 'a.md': 'ä', src: { 'b.py': 'x = 1\n' } });
      const ctx = context(place);
      await action.handler(ctx as never);
      const [{ body }] = calls;
      expect(body.name).toBe(place.name);
      expect(body.files).toEqual(
        expect.arrayContaining([
          { path: 'a.md', content: 'ä' },
          { path: 'src/b.py', content: 'x = 1\n' },
        ]),
      );
      expect(body.files).toHaveLength(2);
      expect(outputs(ctx)).toEqual({ cloneUrl: view.cloneUrl, commit: 'abc' });
    });

    it('does not recreate objects of an earlier attempt', async () => {
      workspace.setContent({ 'a.md': '' });
      const done = { cloneUrl: 'http://git.test/y.git', commit: 'def' };
      const checkpoint = jest.fn(async () => done);
      const ctx = { ...context(place), checkpoint };
      await action.handler(ctx as never);
      expect(calls).toEqual([]);
      expect(checkpoint).toHaveBeenCalledWith(
        expect.objectContaining({
          key: expect.stringContaining('rates-desk.month-end-prices'),
        }),
      );
      expect(outputs(ctx)).toEqual(done);
    });

    it('creates nothing in a dry run', async () => {
      workspace.setContent({ 'a.md': '' });
      await action.handler(context(place, true) as never);
      expect(calls).toEqual([]);
    });

    it('refuses an empty workspace', async () => {
      await expect(action.handler(context(place) as never)).rejects.toThrow(
        /workspace is empty/,
      );
    });

    it('passes on the words of the portal, without a stack trace', async () => {
      workspace.setContent({ 'a.md': '' });
      server.use(
        http.post(`${api}/tenants/rates-desk/repositories`, () =>
          HttpResponse.json(
            { error: { message: 'choose another name' } },
            { status: 409 },
          ),
        ),
      );
      await expect(
        action.handler(context(place) as never),
      ).rejects.toMatchObject({
        message: 'choose another name',
        stack: 'choose another name',
      });
    });
  });

  describe('bailiwick:app:create', () => {
    const action = createCreateAppAction(services);
    const input = {
      ...place,
      title: 'Month-end prices',
      environment: 'dev',
      archetype: reference,
      answers: { symbols: ['AAPL'] },
    };

    it('creates the app of the repository with the same name', async () => {
      server.use(
        http.post(`${api}/tenants/rates-desk/apps`, () =>
          HttpResponse.json({}, { status: 201 }),
        ),
      );
      const ctx = context(input);
      await action.handler(ctx as never);
      const { tenant: _tenant, ...app } = input;
      expect(calls[0].body).toEqual(app);
      expect(outputs(ctx)).toEqual({
        entityRef: 'component:rates-desk/month-end-prices',
      });
    });

    it('predicts the result in a dry run, and creates nothing', async () => {
      const ctx = context(input, true);
      await action.handler(ctx as never);
      expect(calls).toEqual([]);
      expect(outputs(ctx).entityRef).toBe(
        'component:rates-desk/month-end-prices',
      );
    });
  });

  it.each([
    createRenderArchetypeAction(services),
    createCreateRepoAction(services),
    createCreateAppAction(services),
  ])('shows examples that its own schema accepts: $id', async action => {
    for (const { example } of action.examples ?? []) {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      expect(Object.keys(step.input)).toEqual(
        expect.arrayContaining(required(action.schema?.input)),
      );
    }
    expect(action.examples).not.toHaveLength(0);
    expect(action.supportsDryRun).toBe(true);
  });
});

function required(schema: object | undefined): string[] {
  return (schema as { required?: string[] }).required ?? [];
}
