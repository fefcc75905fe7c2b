import { CookieJar } from './CookieJar';

describe('CookieJar', () => {
  const answer = (...cookies: string[]) =>
    new Response(null, {
      headers: cookies.map((cookie): [string, string] => [
        'set-cookie',
        cookie,
      ]),
    });

  it('gives a cookie back to where it came from, below its path', () => {
    const jar = new CookieJar();
    jar.store(
      'http://a.test/x',
      answer('one=1; Path=/auth; HttpOnly', 'two=2'),
    );
    expect(jar.header('http://a.test/auth/start')).toBe('one=1; two=2');
    expect(jar.header('http://a.test/other')).toBe('two=2');
    expect(jar.header('http://a.test:8080/auth')).toBe('');
  });

  it('replaces and forgets cookies', () => {
    const jar = new CookieJar();
    jar.store('http://a.test/', answer('one=1'));
    jar.store('http://a.test/', answer('one=2'));
    expect(jar.header('http://a.test/')).toBe('one=2');
    jar.store(
      'http://a.test/',
      answer('one=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'),
    );
    expect(jar.header('http://a.test/')).toBe('');
  });
});
