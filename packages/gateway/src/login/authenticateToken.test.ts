import {
  AmbiguousTokenError,
  LoginRequiredError,
  NotAllowedError,
  NotLoggedInError,
} from '../errors';
import { aGrant, basic, token } from '../__testUtils__/objects';
import { authenticateToken } from './authenticateToken';
import type { LoginRequest } from './credentials';

const grant = aGrant();
const directory = {
  grantsByHash: (hash: string) =>
    hash === grant.spec.tokenHash ? [grant] : [],
};

/** A request from the local machine, as `authenticateToken` sees it. */
function from(
  authorization?: string,
  { url = '/v1/desk/prod/feed/prices', ip = '127.0.0.1' } = {},
): LoginRequest {
  return { headers: { authorization }, url, ip };
}

describe('authenticateToken', () => {
  it.each([
    ['no user name', ''],
    ['the name of the grant', 'tom-excel'],
    ['the name of the subject', 'tom'],
  ])('accepts the token with %s', (_, user) => {
    expect(authenticateToken(from(basic(token, user)), directory)).toBe(grant);
  });

  it('accepts a scheme in any case and a token with colons', () => {
    const colons = aGrant();
    const found = authenticateToken(
      from(basic('a:b').replace('Basic', 'bAsIc')),
      {
        grantsByHash: hash => [
          { ...colons, spec: { ...colons.spec, tokenHash: hash } },
        ],
      },
    );
    expect(found.metadata.name).toBe('tom-excel');
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', `Digest ${token}`],
    ['an empty bearer token', 'Bearer '],
    ['a wrong bearer token', `Bearer ${token}x`],
    ['no password', basic('')],
    ['no colon', `Basic ${Buffer.from(token).toString('base64')}`],
    ['a wrong token', basic(`${token}x`)],
    ['the hash instead of the token', basic(grant.spec.tokenHash)],
    ['the user name of another person', basic(token, 'bea')],
  ])('rejects %s', (_, header) => {
    expect(() => authenticateToken(from(header), directory)).toThrow(
      NotLoggedInError,
    );
  });

  it('accepts a bearer token', () => {
    expect(authenticateToken(from(`bearer ${token}`), directory)).toBe(grant);
  });

  describe('with a token in the query', () => {
    const url = `/v1/desk/prod/feed/prices?limit=1&access_token=${token}`;
    const allowed = aGrant({ allowsQuery: true });

    it('rejects it by default, without repeating it', () => {
      const login = () =>
        authenticateToken(from(undefined, { url }), directory);
      expect(login).toThrow(NotAllowedError);
      expect(login).not.toThrow(token);
    });

    it('accepts it if the grant allows it', () => {
      const read = (authorization?: string) =>
        authenticateToken(from(authorization, { url }), {
          grantsByHash: () => [allowed],
        });
      expect(read()).toBe(allowed);
      // A header takes precedence.
      expect(() => read('Digest x')).toThrow(LoginRequiredError);
    });
  });

  describe('with networks', () => {
    const bound = aGrant({ addresses: ['10.1.0.0/16', '2001:db8::/32'] });
    const loginFrom = (ip: string) => () =>
      authenticateToken(from(basic(token), { ip }), {
        grantsByHash: () => [bound],
      });

    it.each(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::7'])(
      'accepts the token from %s',
      ip => expect(loginFrom(ip)()).toBe(bound),
    );

    it.each(['10.2.0.1', '::ffff:10.2.0.1', '2001:db9::7', 'unknown'])(
      'rejects the token from %s',
      ip => expect(loginFrom(ip)).toThrow(NotAllowedError),
    );
  });

  it('rejects the token of a person who has left', () => {
    const suspended = {
      grantsByHash: () => [
        { ...grant, status: { suspendedAt: '2026-11-20T08:00:00Z' } },
      ],
    };
    expect(() => authenticateToken(from(basic(token)), suspended)).toThrow(
      `This token is suspended, because ${grant.spec.subject} is not in the portal's catalog any more. Use your own token`,
    );
  });

  it('rejects an expired token and reports its expiry', () => {
    const expired = {
      grantsByHash: () => [aGrant({ expiresAt: '2026-11-20T08:00:00Z' })],
    };
    const at = (time: string) => () =>
      authenticateToken(from(basic(token)), expired, new Date(time));
    expect(at('2026-11-20T07:59:59Z')).not.toThrow();
    expect(at('2026-11-20T08:00:00Z')).toThrow(
      'expired at 2026-11-20T08:00:00Z',
    );
  });

  it('rejects a token whose grant is being deleted', () => {
    const deleted = aGrant();
    deleted.metadata.deletionTimestamp = '2026-11-20T08:00:00Z';
    expect(() =>
      authenticateToken(from(basic(token)), { grantsByHash: () => [deleted] }),
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
      authenticateToken(from(basic(token)), { grantsByHash: () => all });

    it('uses the grant that the token was created for', () => {
      const theirs = made('other--home', '2026-11-20T08:00:01Z');
      expect(logInAmong(theirs, own)).toBe(own);
      expect(logInAmong(own, theirs)).toBe(own);
    });

    it('does not accept the copy while the own grant is being deleted', () => {
      const gone = made('desk--home', '2026-11-20T08:00:00Z');
      gone.metadata.deletionTimestamp = '2026-11-21T08:00:00Z';
      const theirs = made('other--home', '2026-11-20T08:00:01Z');
      expect(() => logInAmong(theirs, gone)).toThrow('was revoked');
    });

    it('rejects the token if both were created in the same second', () => {
      const theirs = made('other--home', '2026-11-20T08:00:00Z');
      expect(() => logInAmong(theirs, own)).toThrow(AmbiguousTokenError);
    });
  });

  it('names the grants that share a token in the log, not in the response', () => {
    const told = new AmbiguousTokenError([aGrant(), aGrant()]);
    expect(told.status).toBe(401);
    expect(told.message).not.toContain('tom-excel');
    expect(told.grants).toEqual([
      'desk--home/tom-excel',
      'desk--home/tom-excel',
    ]);
  });
});
