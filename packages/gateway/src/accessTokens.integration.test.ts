import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type OAuthClientProvider,
} from '@modelcontextprotocol/client';
import { generateKeyPair, SignJWT } from 'jose';
import {
  IdentityProvider,
  readerClient,
  redirectUri,
} from './__testUtils__/IdentityProvider';
import { aGrant, token } from './__testUtils__/objects';
import { ODataService } from './__testUtils__/ODataService';
import { AccessTokens } from './login';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('access tokens of the identity provider', () => {
  let service: ODataService;
  let provider: IdentityProvider;
  let gateway: string;
  const options = {
    audience: '',
    claim: 'preferred_username',
    domains: [] as string[],
    issuer: '',
  };

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    options.issuer = provider.issuer;
    service = await ODataService.start();
    service.accessTokens = new AccessTokens(options);
    gateway = new URL(await service.startReplica()).origin;
    options.audience = gateway;
    provider.gateway = gateway;
  }, 120_000);

  afterAll(async () => {
    await service?.stop();
    await provider?.stop();
  }, 30_000);

  afterEach(() => {
    service.grant = aGrant();
    service.others.length = 0;
    service.reads.length = 0;
  });

  const read = async (bearer: string, path = '/v1/desk/prod/feed/mean') => {
    const response = await fetch(gateway + path, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers };
  };

  it('read what the tokens of the person open, in every protocol', async () => {
    const bearer = await provider.tokenOf('tom', gateway);
    expect(await read(bearer)).toMatchObject({
      status: 200,
      text: '{"value":1.5}',
    });
    expect(service.reads.at(-1)).toMatchObject({
      grant: 'tom-excel',
      subject: 'user:default/tom',
    });
    for (const path of [
      '/v1/desk/prod/feed/openapi.json',
      '/odata/v1/desk/prod/feed/prices',
    ])
      expect(await read(bearer, path)).toMatchObject({ status: 200 });
    const own = await read(token);
    expect(own.status).toBe(200);
  });

  it('open nothing for people without a token, from other networks, or with a git token', async () => {
    const bea = await read(await provider.tokenOf('bea', gateway));
    expect(bea.status).toBe(403);
    expect(bea.text).toContain(
      "user:default/bea has no token for desk/prod/feed that can be used from 127.0.0.1; create one on the app's Get data tab",
    );
    const tom = await provider.tokenOf('tom', gateway);
    for (const grant of [
      aGrant({ addresses: ['10.0.0.0/8'] }),
      aGrant({ client: 'git' }),
      aGrant({ expiresAt: '2020-01-01T00:00:00Z' }),
    ]) {
      service.grant = grant;
      expect(await read(tom)).toMatchObject({ status: 403 });
    }
  });

  it('use the least restricted token, with its fixed parameters', async () => {
    const tom = await provider.tokenOf('tom', gateway);
    service.grant = aGrant({ presets: { days: 1 } });
    const path = '/v1/desk/prod/feed/prices';
    expect(JSON.parse((await read(tom, path)).text).rows).toHaveLength(4);
    expect(await read(tom, `${path}?days=2`)).toMatchObject({ status: 403 });
    service.others.push(aGrant());
    expect(await read(tom, `${path}?days=2`)).toMatchObject({ status: 200 });
    service.grant = aGrant({ functions: ['mean'] });
    service.others.length = 0;
    expect(await read(tom, path)).toMatchObject({ status: 403 });
  });

  it('are refused when they are for another program, forged or expired', async () => {
    const idToken = await provider.tokenOf('tom', gateway, 'id_token');
    expect(await read(idToken)).toMatchObject({
      status: 401,
      text: expect.stringContaining(`request one for the resource ${gateway}`),
    });
    const { privateKey } = await generateKeyPair('RS256');
    const forge = (claims: object, algorithm = 'RS256') =>
      new SignJWT({ preferred_username: 'tom', ...claims })
        .setProtectedHeader({ alg: algorithm, kid: 'forged' })
        .setIssuer(provider.issuer)
        .setAudience(gateway)
        .setExpirationTime('1h');
    const forged = await forge({}).sign(privateKey);
    expect(await read(forged)).toMatchObject({ status: 401 });
    const shared = await forge({}, 'HS256').sign(Buffer.from('secret'));
    expect(await read(shared)).toMatchObject({ status: 401 });
    const genuine = await provider.tokenOf('tom', gateway);
    const [head, payload] = genuine.split('.');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const bearer of [
      `${unsigned}.${payload}.x`,
      `${head}.${payload}.AAAA`,
      'a.b.c',
    ])
      expect(await read(bearer)).toMatchObject({ status: 401 });
    const inQuery = await fetch(
      `${gateway}/v1/desk/prod/feed/mean?access_token=${genuine}`,
    );
    expect(inQuery.status).toBe(401);
  });

  it('stop with the token that they stand for', async () => {
    const tom = await provider.tokenOf('tom', gateway);
    expect(await read(tom)).toMatchObject({ status: 200 });
    service.grant = aGrant({ subject: 'user:default/bea' });
    expect(await read(tom)).toMatchObject({ status: 403 });
  });

  it('are unavailable while the provider does not respond', async () => {
    const lost = new AccessTokens({ ...options, issuer: 'http://127.0.0.1:9' });
    await expect(
      lost.verify(await provider.tokenOf('tom', gateway)),
    ).rejects.toMatchObject({ status: 503, retryAfter: 5 });
  });

  it('let an agent find the provider, sign its user in and use all apps of a tenant', async () => {
    let page: URL | undefined;
    const saved: { tokens?: any; verifier?: string } = {};
    const authProvider: OAuthClientProvider = {
      redirectUrl: redirectUri,
      clientMetadata: { redirect_uris: [redirectUri] },
      clientInformation: () => ({ client_id: readerClient }),
      tokens: () => saved.tokens,
      saveTokens: tokens => {
        saved.tokens = tokens;
      },
      redirectToAuthorization: address => {
        page = address;
      },
      saveCodeVerifier: verifier => {
        saved.verifier = verifier;
      },
      codeVerifier: () => saved.verifier!,
    };
    const address = new URL('/mcp/desk', gateway);
    const transport = () =>
      new StreamableHTTPClientTransport(address, { authProvider });
    const first = transport();
    await expect(
      new Client({ name: 'test', version: '1' }).connect(first),
    ).rejects.toThrow(UnauthorizedError);
    await first.finishAuth(await provider.authorize(page!, 'tom'));

    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport());
    const { tools } = await client.listTools();
    expect(tools).toContainEqual(
      expect.objectContaining({
        name: 'feed__prod__mean',
        title: expect.stringContaining('Price feed (prod): '),
      }),
    );
    const result = await client.callTool({ name: 'feed__prod__mean' });
    expect(result.structuredContent).toEqual({ value: 1.5 });
    expect(service.reads.at(-1)).toMatchObject({
      app: 'feed',
      environment: 'prod',
      fn: 'mean',
      grant: 'tom-excel',
    });
    await client.close();
  });
});
