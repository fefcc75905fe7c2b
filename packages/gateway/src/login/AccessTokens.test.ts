import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessTokens } from './AccessTokens';

describe('AccessTokens', () => {
  let server: Server;
  let issuer: string;
  let privateKey: CryptoKey;
  const audience = 'https://gateway.example';

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    const key = {
      ...(await exportJWK(pair.publicKey)),
      kid: 'k',
      alg: 'ES256',
    };
    server = createServer(({ url }, response) =>
      response.end(
        JSON.stringify(
          url === '/keys'
            ? { keys: [key] }
            : { issuer, jwks_uri: `${issuer}/keys` },
        ),
      ),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const sign = (
    claims: object,
    aud: string | string[] = audience,
    end = '1h',
  ) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(aud)
      .setExpirationTime(end)
      .sign(privateKey);
  const tokens = (options: { claim?: string; domains?: string[] } = {}) =>
    new AccessTokens({
      audience,
      claim: 'preferred_username',
      domains: [],
      issuer,
      ...options,
    });

  it.each([
    [{ preferred_username: 'Tom' }, {}, 'user:default/tom'],
    [{ sub: 'tom.t' }, { claim: 'sub' }, 'user:default/tom.t'],
    [
      { email: 'tom@Example.com' },
      { claim: 'email', domains: ['example.com'] },
      'user:default/tom',
    ],
  ])('reads %j as the person', async (claims, options, subject) => {
    const token = await sign(claims);
    await expect(tokens(options).verify(token)).resolves.toMatchObject({
      subject,
    });
  });

  it.each([
    [{ preferred_username: 'tom@evil.example' }, '--oidc-domains'],
    [{ preferred_username: 'tom/../bea' }, '--oidc-claim'],
    [{ preferred_username: ['tom'] }, '--oidc-claim'],
    [{}, '--oidc-claim'],
  ])('refuses %j, with the option that decides', async (claims, option) => {
    await expect(tokens().verify(await sign(claims))).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining(option),
    });
  });

  it('accepts the gateway and addresses below it as the audience, alone or in a list', async () => {
    const tom = { preferred_username: 'tom' };
    for (const aud of [[audience, 'other'], [`${audience}/mcp/desk`]])
      await expect(
        tokens().verify(await sign(tom, aud)),
      ).resolves.toBeDefined();
    for (const aud of ['other', `${audience}.evil.example`, []])
      await expect(tokens().verify(await sign(tom, aud))).rejects.toMatchObject(
        { status: 401 },
      );
  });

  it('refuses a token that expired more than half a minute ago', async () => {
    const tom = { preferred_username: 'tom' };
    const late = await sign(tom, audience, '-20s');
    await expect(tokens().verify(late)).resolves.toBeDefined();
    await expect(
      tokens().verify(await sign(tom, audience, '-40s')),
    ).rejects.toThrow('This access token expired; request another one');
  });
});
