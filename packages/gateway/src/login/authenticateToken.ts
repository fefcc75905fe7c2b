import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  grantEnd,
  oldestGrants,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  AmbiguousTokenError,
  LoginRequiredError,
  NotAllowedError,
  NotLoggedInError,
} from '../errors';
import { isInRanges } from './addressRanges';
import {
  readCredentials,
  tokenParameter,
  type Credentials,
  type LoginRequest,
} from './credentials';
import { sameHash, tokenHash } from './tokenHash';

/** Source of grants. */
export interface GrantDirectory {
  /** Returns the grants with a token hash; several only if someone copied a hash. */
  grantsByHash(hash: string): Grant[];
}

const authenticated = new WeakMap<LoginRequest, Grant>();

/** Returns the grant of a request whose token exists, even if the request was then refused. */
export function grantOf(request: LoginRequest): Grant | undefined {
  return authenticated.get(request);
}

/**
 * Returns the grant of a request's token.
 *
 * The user name of HTTP Basic can be empty. Otherwise, it must be the name of the grant or of its subject, so that a
 * token pasted into the login of another person is noticed.
 *
 * @throws AmbiguousTokenError when several grants have the token and were created in the same second
 * @throws LoginRequiredError when there is no token
 * @throws NotLoggedInError when the token is wrong, expired or revoked
 * @throws NotAllowedError when the token is valid, but not from this address or not in the query
 */
export function authenticateToken(
  request: LoginRequest,
  grants: GrantDirectory,
  now: Date = new Date(),
): Grant {
  const credentials = readCredentials(request);
  if (!credentials) {
    throw new LoginRequiredError(
      'Authentication required: use HTTP Basic with the token as the password and an empty user name, or a bearer token',
    );
  }
  const grant = findGrant(credentials, grants);
  authenticated.set(request, grant);
  requireCurrent(grant, credentials, now);
  if (credentials.isInQuery && !grant.spec.allowsQuery) {
    throw new NotAllowedError(
      `This token can't be the parameter ${tokenParameter}. Send it as the password of HTTP Basic or as a bearer token, or create a token that allows it`,
    );
  }
  const { addresses } = grant.spec;
  if (addresses && !isInRanges(request.ip, addresses)) {
    throw new NotAllowedError(
      `This token can't be used from ${
        request.ip
      }; its networks are ${addresses.join(', ')}`,
    );
  }
  return grant;
}

/** Whether the token of a grant can be used now and from an address. */
export function isUsable(
  grant: Grant,
  ip: string,
  now: Date = new Date(),
): boolean {
  const { addresses } = grant.spec;
  return (
    !grant.metadata.deletionTimestamp &&
    grantEnd(grant) > now &&
    (!addresses || isInRanges(ip, addresses))
  );
}

function findGrant({ token }: Credentials, grants: GrantDirectory): Grant {
  const hash = tokenHash(token);
  const [grant, ...others] = oldestGrants(
    grants
      .grantsByHash(hash)
      .filter(({ spec }) => sameHash(spec.tokenHash, hash)),
  );
  if (others.length > 0) throw new AmbiguousTokenError([grant, ...others]);
  if (!grant || grant.metadata.deletionTimestamp) {
    throw new NotLoggedInError(
      "This token doesn't exist or was revoked; create a new token on the app's Get data tab",
    );
  }
  return grant;
}

/** @throws NotLoggedInError when the token has expired, or belongs to another user name */
function requireCurrent(grant: Grant, { user }: Credentials, now: Date): void {
  if (!isNamed(grant, user)) {
    throw new NotLoggedInError(
      "The user name doesn't match the token; leave it empty or use your own",
    );
  }
  if (grant.status?.suspendedAt) {
    throw new NotLoggedInError(
      `This token is suspended, because ${grant.spec.subject} is not in the portal's catalog any more. Use your own token`,
    );
  }
  const end = grantEnd(grant);
  if (!(end > now)) {
    throw new NotLoggedInError(
      `This token expired at ${toInstant(
        end,
      )}; create a new token on the app's Get data tab`,
    );
  }
}

function isNamed({ metadata, spec }: Grant, user: string): boolean {
  const subjectName = spec.subject.slice(spec.subject.lastIndexOf('/') + 1);
  return ['', metadata.name, subjectName.toLowerCase()].includes(
    user.toLowerCase(),
  );
}
