import { CookieJar } from 'tough-cookie';

const maxRedirects = 12;

/** Response to the last of some requests, with its address. */
export interface Page {
  response: Response;
  url: string;
}

/** A browser's cookies and redirects, and the portal's sign-in with the login page of Keycloak. */
export class Browser {
  readonly #portal: string;
  // localhost counts as a public suffix.
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false });

  /** @param portal - address of the portal */
  constructor(portal: string) {
    this.#portal = portal;
  }

  /** Follows redirects with cookies. */
  async visit(url: string, init: RequestInit = {}): Promise<Page> {
    let target = url;
    let request = init;
    for (let hop = 0; hop < maxRedirects; hop++) {
      const response = await fetch(target, {
        ...request,
        redirect: 'manual',
        headers: {
          ...request.headers,
          cookie: this.#jar.getCookieStringSync(target),
        },
      });
      for (const cookie of response.headers.getSetCookie())
        this.#jar.setCookieSync(cookie, target);
      const location = response.headers.get('location');
      if (!location) return { response, url: target };
      target = new URL(location, target).href;
      request = {};
    }
    throw new Error(`Too many redirects from ${url}`);
  }

  /** Starts a sign-in. @returns the login page, or the end of the sign-in if the provider knows the browser */
  startSignIn(): Promise<Page> {
    const query = new URLSearchParams({
      env: 'production',
      scope: 'openid profile email offline_access',
      origin: this.#portal,
      flow: 'popup',
    });
    return this.visit(`${this.#portal}/api/auth/oidc/start?${query}`);
  }

  /** Submits a login page of Keycloak. */
  async logIn(page: Page, username: string, password: string): Promise<Page> {
    const html = await page.response.text();
    const [, action] = html.match(/<form[^>]*action="([^"]+)"/) ?? [];
    if (!action) throw new Error(`No login page at ${page.url}: ${html}`);
    return this.visit(action.replaceAll('&amp;', '&'), {
      method: 'POST',
      body: new URLSearchParams({ username, password }),
    });
  }

  /**
   * Signs a person in.
   *
   * @returns the person's token
   * @throws Error with the reason that the person sees
   */
  async signIn(username: string, password: string): Promise<string> {
    const page = await this.startSignIn();
    const end = await this.logIn(page, username, password);
    const text = await end.response.text();
    const [, message] =
      text.match(/authResponse = decodeURIComponent\('([^']*)'\)/) ?? [];
    if (!message) throw new Error(`${username} sees ${textOf(text)}`);
    const { error } = JSON.parse(decodeURIComponent(message));
    if (error) throw new Error(error.message);
    const token = await this.refresh();
    if (!token) throw new Error(`The portal does not remember ${username}`);
    return token;
  }

  /** Returns a new token of the person who is signed in to the portal, `undefined` if nobody is. */
  async refresh(): Promise<string | undefined> {
    const { response } = await this.#callSignIn('refresh', 'GET');
    return response.ok
      ? (await response.json()).backstageIdentity?.token
      : undefined;
  }

  /** Signs out of the portal. @returns the address at the provider to which the browser is sent */
  async signOut(): Promise<string | undefined> {
    const { response } = await this.#callSignIn('logout', 'POST');
    const text = await response.text();
    return text ? JSON.parse(text).logoutUrl : undefined;
  }

  #callSignIn(name: string, method: string): Promise<Page> {
    return this.visit(`${this.#portal}/api/auth/oidc/${name}?env=production`, {
      method,
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
  }
}

/** Returns the text of a page. */
function textOf(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
