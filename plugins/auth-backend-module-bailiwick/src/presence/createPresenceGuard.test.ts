import { userOf } from './createPresenceGuard';

const tokenOf = (payload: unknown) =>
  `Bearer head.${Buffer.from(JSON.stringify(payload)).toString(
    'base64url',
  )}.signature`;

describe('the user of a token', () => {
  it('is the subject of a person', () => {
    expect(userOf(tokenOf({ sub: 'user:default/ada' }))).toBe(
      'user:default/ada',
    );
  });

  it.each([
    undefined,
    '',
    'Basic abc',
    'Bearer opaque',
    'Bearer a.b.c',
    tokenOf({ sub: 'plugin:catalog' }),
    tokenOf({ sub: 42 }),
    tokenOf(null),
  ])('does not exist for %j', authorization => {
    expect(userOf(authorization)).toBeUndefined();
  });
});
