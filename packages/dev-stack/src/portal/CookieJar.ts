/** The cookies of one browser, by origin and path (the part of RFC 6265 that a sign-in needs). */
export class CookieJar {
  readonly #cookies = new Map<
    string,
    { origin: string; path: string; pair: string }
  >();

  store(url: string, response: Response): void {
    const { origin } = new URL(url);
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(/;\s*/);
      const name = pair.split('=')[0];
      const attribute = (key: string) =>
        attributes
          .find(text => text.toLowerCase().startsWith(`${key}=`))
          ?.slice(key.length + 1);
      const path = attribute('path') ?? '/';
      const expires = attribute('expires');
      const key = `${origin}${path} ${name}`;
      if (expires && new Date(expires) < new Date()) this.#cookies.delete(key);
      else this.#cookies.set(key, { origin, path, pair });
    }
  }

  header(url: string): string {
    const { origin, pathname } = new URL(url);
    return [...this.#cookies.values()]
      .filter(
        cookie => cookie.origin === origin && pathname.startsWith(cookie.path),
      )
      .map(({ pair }) => pair)
      .join('; ');
  }
}
