import { isPortalPath } from './isPortalPath';

describe('isPortalPath', () => {
  it.each([
    '/bailiwick',
    '/bailiwick/',
    '/bailiwick/files?x=1',
    '/bailiwick?x',
    '//bailiwick/files',
    '/./bailiwick/files',
    '/lab/../bailiwick/files',
    '/lab/..//bailiwick/files',
    '/BailiWick/files',
    '/%62ailiwick/files',
    '/%2562ailiwick/files',
    '/%252562ailiwick/files',
    '/%2fbailiwick/files',
    '/lab%2f..%2fbailiwick',
    '/lab/%2e%2e/bailiwick/files',
    '/lab/.%2e/bailiwick',
    '/a%2fb/../bailiwick',
    '/lab\\..\\bailiwick',
    '\\bailiwick\\files',
    '/%5cbailiwick',
    '/bailiwick;a=b/files',
    '/bailiwick%00/files',
    '/bailiwick%20/files',
    '/%09bailiwick/files',
    '/%ff/%62ailiwick/../bailiwick',
    '/%ff%62ailiwick/files',
    '/%EF%BD%82ailiwick/files',
    `/${'%25'.repeat(1)}${'25'.repeat(20)}62ailiwick`,
  ])('recognizes %s', target => {
    expect(isPortalPath(target)).toBe(true);
  });

  it.each([
    '/',
    '/lab',
    '/lab/tree/bailiwick/prices.ipynb',
    '/api/contents/bailiwick?content=1',
    '/api/contents/caf%C3%A9.ipynb',
    '/api/contents/100%25.csv',
    '/api/contents/50%2525.csv',
    '/files/a%20b;c.csv',
    '/bailiwicks',
    '/lab?path=/bailiwick/files',
    '/api/kernels/1/channels?session_id=/../bailiwick',
  ])('allows %s', target => {
    expect(isPortalPath(target)).toBe(false);
  });
});
