import { originOf, secretCopyName } from './secretCopy';

const object = (uid: string, resourceVersion = '1') => ({
  apiVersion: 'v1',
  kind: 'Any',
  metadata: { name: 'any', uid, resourceVersion },
});
const name = (account: string, secret: string, version?: string) =>
  secretCopyName('plant', 'broker', object(account), object(secret, version));

describe('secretCopyName', () => {
  it('is another one for another account, Secret or version', () => {
    const all = [
      name('a', 's', '1'),
      name('b', 's', '1'),
      name('a', 't', '1'),
      name('a', 's', '2'),
      secretCopyName('plant', 'broker', undefined, object('s')),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(name('a', 's')).toBe(name('a', 's'));
  });

  it('does not depend on the content', () => {
    const secret = object('s');
    const copy = (password: string) =>
      secretCopyName('plant', 'broker', object('a'), {
        ...secret,
        ...{ data: { password } },
      });
    expect(copy('b2xk')).toBe(copy('bmV3'));
  });

  it('begins alike for the versions of a Secret, and for nothing else', () => {
    expect(originOf(name('a', 's', '1'))).toBe(originOf(name('a', 's', '2')));
    expect(originOf(name('a', 's'))).not.toBe(originOf(name('a', 't')));
  });
});
