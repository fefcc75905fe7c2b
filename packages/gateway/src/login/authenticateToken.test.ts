import { AmbiguousTokenError, NotLoggedInError } from '../errors';
import { aGrant, basic, token } from '../__testUtils__/objects';
import { authenticateToken } from './authenticateToken';

const grant = aGrant();
const directory = {
  grantsByHash: (hash: string) =>
    hash === grant.spec.tokenHash ? [grant] : [],
};

describe('logIn', () => {
  it.each([
    ['no user name', ''],
    ['the name of the grant', 'tom-excel'],
    ['the name of the subject', 'tom'],
  ])('takes the token with %s', (_, user) => {
    expect(authenticateToken(basic(token, user), directory)).toBe(grant);
  });

  it('takes a scheme in any case and a token with colons', () => {
    const colons = aGrant();
    const found = authenticateToken(basic('a:b').replace('Basic', 'bAsIc'), {
      grantsByHash: hash => [
        { ...colons, spec: { ...colons.spec, tokenHash: hash } },
      ],
    });
    expect(found.metadata.name).toBe('tom-excel');
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', `Bearer ${token}`],
    ['no password', basic('')],
    ['no colon', `Basic ${Buffer.from(token).toString('base64')}`],
    ['a wrong token', basic(`${token}x`)],
    ['the hash instead of the token', basic(grant.spec.tokenHash)],
    ['the user name of somebody else', basic(token, 'bea')],
  ])('refuses %s', (_, header) => {
    expect(() => authenticateToken(header, directory)).toThrow(
      NotLoggedInError,
    );
  });

  it('refuses a token that expired, and says when', () => {
    const expired = {
      grantsByHash: () => [aGrant({ expiresAt: '2026-11-20T08:00:00Z' })],
    };
    const at = (time: string) => () =>
      authenticateToken(basic(token), expired, new Date(time));
    expect(at('2026-11-20T07:59:59Z')).not.toThrow();
    expect(at('2026-11-20T08:00:00Z')).toThrow(
      'expired at 2026-11-20T08:00:00Z',
    );
  });

  it('refuses a token whose grant is being deleted', () => {
    const deleted = aGrant();
    deleted.metadata.deletionTimestamp = '2026-11-20T08:00:00Z';
    expect(() =>
      authenticateToken(basic(token), { grantsByHash: () => [deleted] }),
    ).toThrow('was revoked');
  });

  describe('with a hash that was copied into another grant', () => {
    const made = (namespace: string, creationTimestamp: string) => {
      const one = aGrant();
      one.metadata = { ...one.metadata, namespace, creationTimestamp };
      return one;
    };
    const own = made('desk--home', '2026-11-20T08:00:00Z');
    const logInAmong = (...all: ReturnType<typeof made>[]) =>
      authenticateToken(basic(token), { grantsByHash: () => all });

    it('uses the grant that the token was created for', () => {
      const theirs = made('other--home', '2026-11-20T08:00:01Z');
      expect(logInAmong(theirs, own)).toBe(own);
      expect(logInAmong(own, theirs)).toBe(own);
    });

    it('does not take the token for theirs when the own grant is being deleted', () => {
      const gone = made('desk--home', '2026-11-20T08:00:00Z');
      gone.metadata.deletionTimestamp = '2026-11-21T08:00:00Z';
      const theirs = made('other--home', '2026-11-20T08:00:01Z');
      expect(() => logInAmong(theirs, gone)).toThrow('was revoked');
    });

    it('refuses the token when both were made in the same second', () => {
      const theirs = made('other--home', '2026-11-20T08:00:00Z');
      expect(() => logInAmong(theirs, own)).toThrow(AmbiguousTokenError);
    });
  });

  it('says in the log, not to the reader, which grants share a token', () => {
    const told = new AmbiguousTokenError([aGrant(), aGrant()]);
    expect(told.status).toBe(401);
    expect(told.message).not.toContain('tom-excel');
    expect(told.grants).toEqual([
      'desk--home/tom-excel',
      'desk--home/tom-excel',
    ]);
  });
});
