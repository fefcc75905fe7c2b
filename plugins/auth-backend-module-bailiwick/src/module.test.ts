import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import {
  authProvidersExtensionPoint,
  createOAuthAuthenticator,
  createOAuthProviderFactory,
  encodeOAuthState,
} from '@backstage/plugin-auth-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { signInRedirectsModule } from './module';

const portal = 'http://portal.test:3000';

/** Backstage's sign-in with OAuth 2, up to where the identity provider would take over. */
const oauthModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'oauth',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        const factory = createOAuthProviderFactory({
          authenticator: createOAuthAuthenticator({
            defaultProfileTransform: async () => ({ profile: {} }),
            initialize: () => ({}),
            start: async ({ state }) => ({
              url: `https://identity.test/?state=${state}`,
            }),
            authenticate: () => Promise.reject(new Error('Nobody signed in')),
            refresh: () => Promise.reject(new Error('Nobody signed in')),
          }),
        });
        providers.registerProvider({ providerId: 'oauth', factory });
      },
    });
  },
});

describe('where sign-in returns to', () => {
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let auth: string;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: portal },
            auth: {
              experimentalExtraAllowedOrigins: [
                'http://other.test',
                'https://*.test',
              ],
              session: { secret: 'secret' },
              providers: { oauth: { development: {} } },
            },
          },
        }),
        authPlugin,
        oauthModule,
        signInRedirectsModule,
      ],
    });
    auth = `http://127.0.0.1:${backend.server.port()}/api/auth/oauth`;
  });
  afterAll(() => backend?.stop());

  const ask = async (path: string, query: Record<string, string>) => {
    const response = await fetch(
      `${auth}/${path}?${new URLSearchParams(query)}`,
      { redirect: 'manual' },
    );
    const { headers, status } = response;
    return { status, to: headers.get('location'), text: await response.text() };
  };
  const start = (redirectUrl: string) =>
    ask('start', { env: 'development', flow: 'redirect', redirectUrl });
  /** The end of a sign-in, which evaluates the state before it checks for a signed-in person. */
  const end = (redirectUrl: string) => {
    const flow = 'redirect';
    const state = { env: 'development', nonce: 'x', flow, redirectUrl };
    return ask('handler/frame', { state: encodeOAuthState(state) });
  };

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,x',
    'http://portal.test:3000@elsewhere.example/',
    'http://portal.test:3000.elsewhere.example/',
    'http://portal.test/',
    'https://portal.test:3000/',
    '\thttps://elsewhere.example/',
    'http://',
    '/catalog',
    'https://any.test/',
  ])('is not %j', async address => {
    for (const { status, text, to } of [
      await start(address),
      await end(address),
    ]) {
      expect(status).toBe(400);
      expect(to).toBeNull();
      expect(text).toContain(
        'Sign-in returns only to addresses of this portal, which begin with http://portal.test:3000 or http://other.test',
      );
    }
  });

  it('is no second address beside one of the portal', async () => {
    const query = `env=development&redirectUrl=${portal}/&redirectUrl=https://elsewhere.example/`;
    const { status } = await fetch(`${auth}/start?${query}`);
    expect(status).toBe(400);
  });

  it('may be a page of the portal', async () => {
    const { status, to } = await end(`${portal}/catalog?kind=api`);
    expect(status).toBe(302);
    expect(to).toMatch(/^http:\/\/portal\.test:3000\/catalog\?kind=api&error=/);
  });

  it('is a page of the portal after a backslash, too', async () => {
    const { status, to } = await end(`${portal}\\@elsewhere.example/`);
    expect(status).toBe(302);
    expect(to).toMatch(/^http:\/\/portal\.test:3000\/@elsewhere/);
  });

  it('may be where else people sign in from', async () => {
    const { status, to } = await end('http://other.test/');
    expect(status).toBe(302);
    expect(to).toMatch(/^http:\/\/other\.test\//);
  });

  it('may be such a page at the start, or none', async () => {
    const starts = [
      await start(`${portal}/catalog`),
      await ask('start', { env: 'development' }),
    ];
    for (const { status, to } of starts) {
      expect(status).toBe(302);
      expect(to).toMatch(/^https:\/\/identity\.test\//);
    }
  });
});
