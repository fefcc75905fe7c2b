import { parseBaseUrl } from './hosts';

describe('parseBaseUrl', () => {
  it.each([
    ['http://*.localhost:7008', 'http://a-1.localhost:7008'],
    ['https://*.workspaces.test', 'https://a-1.workspaces.test'],
    ['https://work-*.example.com/', 'https://work-a-1.example.com'],
  ])('maps host labels of %s to origins and back', (baseUrl, origin) => {
    const hosts = parseBaseUrl(baseUrl);
    expect(hosts.originOf('a-1')).toBe(origin);
    expect(hosts.isSecure).toBe(origin.startsWith('https:'));
    const { host } = new URL(origin);
    expect(hosts.labelOf(host)).toBe('a-1');
    expect(hosts.labelOf(host.toUpperCase())).toBe('a-1');
    expect(hosts.labelOf(undefined)).toBeUndefined();
  });

  it('finds no label in overlapping or longer hosts', () => {
    const hosts = parseBaseUrl('https://a-*-a.example.com');
    for (const host of [
      'a-a.example.com',
      'a--a.example.com',
      'a-b.c-a.example.com',
    ])
      expect(hosts.labelOf(host)).toBeUndefined();
  });

  it.each([
    'localhost:7008',
    'http://localhost:7008',
    'http://*:7008',
    'http://a.*.localhost',
    'http://*.*.localhost',
    'http://*.localhost/path',
    'http://user@*.localhost',
    'ftp://*.localhost',
  ])('rejects %s', baseUrl => {
    expect(() => parseBaseUrl(baseUrl)).toThrow(
      'Set an address whose first host label has one *',
    );
  });
});
