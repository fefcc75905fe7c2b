import { createHash } from 'node:crypto';
import { basicPassword, hashToken, newToken } from './token';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('newToken', () => {
  it('holds 32 random bytes after its prefix', () => {
    const [one, other] = [newToken(), newToken()];
    expect(one).not.toBe(other);
    const [, bytes] = one.match(/^bwk_([A-Za-z0-9_-]+)$/)!;
    expect(Buffer.from(bytes, 'base64url')).toHaveLength(32);
  });
});

describe('hashToken', () => {
  it('is the SHA-256 digest in hexadecimal digits', () => {
    const digest = createHash('sha256').update('bwk_x').digest('hex');
    expect(hashToken('bwk_x')).toBe(`sha256:${digest}`);
  });
});

describe('basicPassword', () => {
  it.each([
    [basic('x:secret'), 'secret'],
    [basic(':secret'), 'secret'],
    [basic('x:with:colons'), 'with:colons'],
    [basic('x:'), ''],
    [basic('x:secret').replace('Basic', 'basic'), 'secret'],
  ])('reads %s', (header, password) => {
    expect(basicPassword(header)).toBe(password);
  });

  it.each([undefined, '', 'Bearer x', 'Basic', 'Basic !!!', basic('nocolon')])(
    'finds none in %s',
    header => {
      expect(basicPassword(header)).toBeUndefined();
    },
  );
});
