import { coreKinds } from './coreKinds';
import { resourcePath } from './resourceType';

describe('resourcePath', () => {
  it('leads to the collection, the object and its subresource', () => {
    const { pods } = coreKinds;
    expect(resourcePath(pods)).toBe('/api/v1/pods');
    expect(resourcePath(pods, { namespace: 'a' })).toBe(
      '/api/v1/namespaces/a/pods',
    );
    const address = { namespace: 'a', name: 'b', subresource: 'log' };
    expect(resourcePath(pods, address)).toBe('/api/v1/namespaces/a/pods/b/log');
  });

  it('never leaves the place of a name', () => {
    const address = { namespace: 'a/../b', name: '../c?x#y' };
    expect(resourcePath(coreKinds.pods, address)).toBe(
      '/api/v1/namespaces/a%2F..%2Fb/pods/..%2Fc%3Fx%23y',
    );
  });

  it.each([
    { namespace: 'a', name: '' },
    { namespace: 'a', name: '.' },
    { namespace: 'a', name: '..' },
    { namespace: '..', name: 'b' },
    { namespace: '' },
  ])('finds nothing at %j, which would lead elsewhere', address => {
    expect(() => resourcePath(coreKinds.pods, address)).toThrow(
      expect.objectContaining({ status: 404, reason: 'NotFound' }),
    );
  });

  it('refuses an object of a namespaced kind without its namespace', () => {
    expect(() => resourcePath(coreKinds.pods, { name: 'b' })).toThrow(
      'requires a namespace',
    );
  });
});
