import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { CookieJar } from 'tough-cookie';

/** A signed-in person: calls the portal's APIs with a token. */
export interface SignedIn {
  user: string;
  /** Client of the portal's Bailiwick API. */
  client: BailiwickClient;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const redirectsMax = 12;

/** Follows redirects with cookies, as a browser does. */
async function browse(
  jar: CookieJar,
  url: string,
  init: RequestInit,
): Promise<Response> {
  let target = url;
  let request: RequestInit = init;
  for (let hop = 0; hop < redirectsMax; hop++) {
    const response = await fetch(target, {
      ...request,
      redirect: 'manual',
      headers: { ...request.headers, cookie: jar.getCookieStringSync(target) },
    });
    for (const cookie of response.headers.getSetCookie())
      jar.setCookieSync(cookie, target);
    const location = response.headers.get('location');
    if (!location) return response;
    target = new URL(location, target).href;
    request = { signal: init.signal };
  }
  throw new Error(`Too many redirects from ${url}`);
}

/** Reads the message of the sign-in popup to the page that opened it. */
async function readMessage(
  response: Response,
): Promise<{ error?: { message: string } }> {
  const [, message] =
    (await response.text()).match(
      /authResponse = decodeURIComponent\('([^']*)'\)/,
    ) ?? [];
  if (!message)
    return { error: { message: `${response.url} answers ${response.status}` } };
  return JSON.parse(decodeURIComponent(message));
}

/**
 * Signs a demo person in through the portal's OpenID Connect login (authorization code flow),
 * the way the browser does.
 *
 * @throws Error with the portal's reason when it does not let the person in
 */
export async function signIn(
  portal: string,
  person: string,
  signal?: AbortSignal,
): Promise<SignedIn> {
  // localhost counts as a public suffix.
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false });
  const start = `${portal}/api/auth/oidc/start?env=development&scope=${encodeURIComponent(
    'openid profile email offline_access',
  )}&origin=${encodeURIComponent(portal)}&flow=popup`;
  // The sign-in page posts back to its own address.
  const { url } = await browse(jar, start, { signal });
  const answer = await browse(jar, url, {
    method: 'POST',
    body: new URLSearchParams({ person }),
    signal,
  });
  const { error } = await readMessage(answer);
  if (error) throw new Error(`${person} could not sign in: ${error.message}`);
  const response = await browse(
    jar,
    `${portal}/api/auth/oidc/refresh?env=development&optional`,
    {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      signal,
    },
  );
  const session = await response.json();
  const token: string | undefined = session.backstageIdentity?.token;
  if (!token)
    throw new Error(
      `The portal does not remember ${person}: ${JSON.stringify(session)}`,
    );
  const call: typeof fetch = (address, init) =>
    fetch(address, {
      ...init,
      headers: {
        ...init?.headers,
        authorization: `Bearer ${token}`,
        // The portal may close an idle connection just when the next request is sent on it.
        connection: 'close',
      },
    });
  const discoveryApi = {
    getBaseUrl: async (id: string) => `${portal}/api/${id}`,
  };
  return {
    user: session.backstageIdentity.identity.userEntityRef,
    client: new BailiwickClient({ discoveryApi, fetchApi: { fetch: call } }),
    fetch: (path, init) => call(`${portal}${path}`, init),
  };
}
