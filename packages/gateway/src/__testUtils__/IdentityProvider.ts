import { createServer, readPeople } from '@bailiwick/backstage-demo-identity';
import { createHash, randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Client of programs on the reader's machine. */
export const readerClient = 'bailiwick-reader';
/** Where the provider sends a person after the sign-in. */
export const redirectUri = 'http://127.0.0.1:1/callback';

/** The demo identity provider on a free port. */
export class IdentityProvider {
  readonly issuer: string;
  readonly #gateway: { gateway?: string };
  readonly #server: Server;

  private constructor(
    issuer: string,
    server: Server,
    gateway: { gateway?: string },
  ) {
    this.issuer = issuer;
    this.#server = server;
    this.#gateway = gateway;
  }

  static async start(): Promise<IdentityProvider> {
    const outer = createHttpServer();
    await new Promise<void>(resolve => {
      outer.listen(0, '127.0.0.1', resolve);
    });
    const { port } = outer.address() as AddressInfo;
    const issuer = `http://localhost:${port}`;
    const options = {
      issuer,
      client: { id: 'portal', secret: 'secret', redirectUri },
      people: readPeople(),
      gateway: undefined as string | undefined,
    };
    const inner = createServer(options);
    outer.on('request', (request, response) =>
      inner.emit('request', request, response),
    );
    return new IdentityProvider(issuer, outer, options);
  }

  /** Gives access tokens for a gateway. */
  set gateway(address: string) {
    this.#gateway.gateway = address;
  }

  /** Signs a person in on an authorization page; returns the response (RFC 6749, section 4.1.2). */
  async authorize(
    page: string | URL,
    person: string,
  ): Promise<URLSearchParams> {
    const cookies = new Map<string, string>();
    const visit = async (url: string, init: RequestInit = {}): Promise<URL> => {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { cookie: [...cookies].map(it => it.join('=')).join('; ') },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return new URL(url);
      const next = new URL(location, url);
      return next.origin === this.issuer ? visit(next.href) : next;
    };
    const form = await visit(String(page));
    const { searchParams } = await visit(form.href, {
      method: 'POST',
      body: new URLSearchParams({ person }),
    });
    if (searchParams.has('code')) return searchParams;
    throw new Error(
      searchParams.get('error_description') ?? 'The provider sent no code',
    );
  }

  /** Returns an access token for a resource, or an ID token of the client. */
  async tokenOf(
    person: string,
    resource: string,
    kind: 'access_token' | 'id_token' = 'access_token',
  ): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const page = new URL(`${this.issuer}/auth`);
    page.search = new URLSearchParams({
      client_id: readerClient,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid',
      resource,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const code = (await this.authorize(page, person)).get('code')!;
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: readerClient,
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
        resource,
      }),
    });
    const tokens = await response.json();
    if (!tokens[kind]) throw new Error(JSON.stringify(tokens));
    return tokens[kind];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
