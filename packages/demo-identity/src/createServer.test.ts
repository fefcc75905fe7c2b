import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { createServer } from './createServer';
import { readPeople } from './people';

const client = {
  id: 'portal',
  secret: 'a-secret-of-the-test',
  redirectUri: 'http://localhost:7007/api/auth/oidc/handler/frame',
};

describe('sign-in', () => {
  let server: Server;
  let issuer: string;

  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    server = createServer({ issuer, client, people: readPeople() });
    await new Promise<void>(resolve => {
      server.listen(port, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  async function freePort(): Promise<number> {
    const probe = createSocketServer();
    await new Promise<void>(resolve => {
      probe.listen(0, '127.0.0.1', resolve);
    });
    const { port } = probe.address() as AddressInfo;
    await new Promise(resolve => probe.close(resolve));
    return port;
  }

  /** A browser that keeps cookies and follows redirects within the provider. */
  function browser() {
    const cookies = new Map<string, string>();
    return async function visit(
      url: string,
      init: RequestInit = {},
    ): Promise<{ response: Response; url: string }> {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: {
          cookie: [...cookies].map(pair => pair.join('=')).join('; '),
        },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = line.match(/^([^=]+)=([^;]*)/)!;
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      const next = location && new URL(location, url).href;
      return next?.startsWith(issuer)
        ? visit(next)
        : { response, url: next ?? url };
    };
  }

  const verifier = randomBytes(32).toString('base64url');
  const authorization = (parameters: Record<string, string> = {}) =>
    `${issuer}/auth?${new URLSearchParams({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: client.redirectUri,
      scope: 'openid profile email offline_access',
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    })}`;

  /** Signs a person in and returns the parameters with which the browser returns to the portal. */
  async function signIn(person: string): Promise<URLSearchParams> {
    const visit = browser();
    const page = await visit(authorization());
    const { url } = await visit(page.url, {
      method: 'POST',
      body: new URLSearchParams({ person }),
    });
    expect(url.startsWith(client.redirectUri)).toBe(true);
    return new URL(url).searchParams;
  }

  const exchange = (
    parameters: Record<string, string>,
    secret = client.secret,
  ) =>
    fetch(`${issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.id}:${secret}`).toString(
          'base64',
        )}`,
      },
      body: new URLSearchParams({
        redirect_uri: client.redirectUri,
        code_verifier: verifier,
        ...parameters,
      }),
    });

  it('offers the demo people on its page', async () => {
    const { response } = await browser()(authorization());
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'/,
    );
    const page = await response.text();
    for (const { name } of readPeople()) expect(page).toContain(name);
  });

  it('performs the complete code flow', async () => {
    const returned = await signIn('bea');
    expect(returned.get('state')).toBe('the-state');
    const response = await exchange({
      grant_type: 'authorization_code',
      code: returned.get('code')!,
    });
    const tokens = await response.json();
    expect(response.status).toBe(200);
    expect(await claimsOf(tokens.id_token)).toMatchObject({
      iss: issuer,
      aud: client.id,
      sub: 'bea',
      nonce: 'the-nonce',
      email: 'bea@example.com',
      name: 'Bea Builder',
    });

    const me = await fetch(`${issuer}/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await me.json()).toMatchObject({ sub: 'bea', name: 'Bea Builder' });
    const refreshed = await exchange({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    expect(refreshed.status).toBe(200);
  });

  it('ends the session and returns to the portal, where another person can sign in', async () => {
    const visit = browser();
    const page = await visit(authorization());
    const body = new URLSearchParams({ person: 'bea' });
    const signedIn = await visit(page.url, { method: 'POST', body });
    const response = await exchange({
      grant_type: 'authorization_code',
      code: new URL(signedIn.url).searchParams.get('code')!,
    });
    const { id_token } = await response.json();
    // The provider remembers the person.
    expect((await visit(authorization())).url).toContain(client.redirectUri);

    const query = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: 'http://localhost:7007',
    });
    const form = await (
      await visit(`${issuer}/session/end?${query}`)
    ).response.text();
    const [, action] = form.match(/action="([^"]+)"/)!;
    const fields = [...form.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(
      ([, name, value]): [string, string] => [name, value],
    );
    const end = await visit(action, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    expect(end.url).toBe('http://localhost:7007/');
    const next = await visit(authorization());
    expect(await next.response.text()).toContain('Choose a demo person');
  });

  it('accepts a code once, from the portal, with its proof', async () => {
    const code = () => signIn('tom').then(returned => returned.get('code')!);
    const grant = async (fields: object) => ({
      grant_type: 'authorization_code',
      code: await code(),
      ...fields,
    });
    expect((await exchange(await grant({}), 'wrong')).status).toBe(401);
    const unproven = await grant({ code_verifier: 'x'.repeat(43) });
    expect((await exchange(unproven)).status).toBe(400);
    const used = await grant({});
    expect((await exchange(used)).status).toBe(200);
    expect((await exchange(used)).status).toBe(400);
  });

  it('rejects people who are not in the list', async () => {
    const returned = await signIn('mallory');
    expect(returned.get('code')).toBeNull();
    expect(returned.get('error')).toBe('access_denied');
  });

  it('redirects only to the portal’s address', async () => {
    const redirect_uri = 'http://evil.test/';
    const { response, url } = await browser()(authorization({ redirect_uri }));
    expect(response.status).toBe(400);
    expect(url.startsWith(issuer)).toBe(true);
  });

  it('explains the next step when a sign-in fails', async () => {
    const response = await fetch(`${issuer}/interaction/unknown`);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/sign in again/);
  });

  it.each(['/healthz', '/auth', '/jwks', '/interaction/unknown', '/elsewhere'])(
    'keeps browsers from guessing the type of %s',
    async path => {
      const { headers } = await fetch(`${issuer}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('answers when it is up', async () => {
    const response = await fetch(`${issuer}/healthz`);
    expect(response.status).toBe(200);
  });

  /** The claims of an ID token, once its signature is that of the provider. */
  async function claimsOf(token: string): Promise<Record<string, unknown>> {
    const { keys } = await (await fetch(`${issuer}/jwks`)).json();
    const [head, payload, signature] = token.split('.');
    const { kid } = decode(head);
    const key = keys.find(
      (candidate: { kid: string }) => candidate.kid === kid,
    );
    const isGenuine = verify(
      'sha256',
      Buffer.from(`${head}.${payload}`),
      createPublicKey({ key, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
    expect(isGenuine).toBe(true);
    return decode(payload);
  }

  function decode(part: string): any {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  }
});
