import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathPayloads } from '../__testUtils__/payloads';
import { signedInAs } from '../__testUtils__/people';
import type { Authorizer } from '../authorization';
import { createDocsFeature } from './docsFeature';

jest.setTimeout(60_000);

describe('the guides', () => {
  let folder: string;
  let backend: TestBackend;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guides-'));
    await mkdir(join(folder, 'guide'));
    const guide = '# Connect\n\nRead data. More.\n\n## Excel\n\nOpen it.\n';
    await writeFile(join(folder, 'guide/connect.md'), guide);
    await writeFile(join(folder, 'secret.md'), '# Secret\n');
    const plugin = createBackendPlugin({
      pluginId: 'bailiwick',
      register(env) {
        env.registerInit({
          deps: {
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
          },
          async init({ httpAuth, httpRouter }) {
            const authorizer: Pick<Authorizer, 'authenticate'> = {
              authenticate: async req => {
                await httpAuth.credentials(req, { allow: ['user'] });
                return { user: 'user:default/eve', groups: [] };
              },
            };
            const { router } = createDocsFeature({
              authorizer: authorizer as Authorizer,
              folder,
            });
            httpRouter.use(router!);
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        plugin,
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends a path unchanged; other clients would remove `..` before they send it. */
  async function get(path: string, headers: object = signedInAs('eve')) {
    const asked = request({
      port: backend.server.port(),
      path: `/api/bailiwick${path}`,
      headers: { ...headers },
    });
    asked.end();
    const [response]: IncomingMessage[] = await once(asked, 'response');
    return { status: response.statusCode, body: await text(response) };
  }

  it('are listed without their content', async () => {
    const { body, status } = await get('/docs');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      items: [
        {
          name: 'connect',
          path: 'guide/connect.md',
          section: 'Apps and data',
          title: 'Connect',
          summary: 'Read data. More.',
        },
      ],
    });
  });

  it('have their content on their own address', async () => {
    const { body, status } = await get('/docs/connect');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      title: 'Connect',
      parts: [{ anchor: '' }, { anchor: 'excel' }],
    });
    expect(body).toContain('Open it.');
  });

  it.each([
    'unknown',
    'secret',
    'connect.md',
    'guide/connect',
    'guide%2Fconnect.md',
    '../secret',
    '..%2Fsecret.md',
    '%2Fetc%2Fpasswd',
    '__proto__',
    'constructor',
    ...pathPayloads.map(encodeURIComponent),
  ])('are not found at %s', async name => {
    const { body, status } = await get(`/docs/${name}`);
    expect(status).toBe(404);
    expect(body).not.toMatch(/Secret|root:/);
  });

  it.each(['/docs', '/docs/connect'])('require a sign-in at %s', async path => {
    const { body, status } = await get(path, {});
    expect(status).toBe(401);
    expect(body).not.toContain('Connect');
  });
});
