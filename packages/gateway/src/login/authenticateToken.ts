import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  grantEnd,
  oldestGrants,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { AmbiguousTokenError, NotLoggedInError } from '../errors';
import { basicCredentials } from './basicCredentials';
import { sameHash, tokenHash } from './tokenHash';

/** Where grants are found. */
export interface GrantDirectory {
  /** Grants with a token hash; one unless somebody copied the hash of another one. */
  grantsByHash(hash: string): Grant[];
}

/**
 * Finds the grant behind an `Authorization` header.
 *
 * The password is the token. The user name may be empty; otherwise it must be the name of the grant
 * or of its subject, so that a token pasted into somebody else's login is noticed.
 *
 * @throws AmbiguousTokenError when several grants have the token and were made in the same second.
 * @throws NotLoggedInError when the token is missing, wrong, expired or revoked.
 */
export function authenticateToken(
  header: string | undefined,
  grants: GrantDirectory,
  now: Date = new Date(),
): Grant {
  const credentials = basicCredentials(header);
  if (!credentials?.password) {
    throw new NotLoggedInError(
      'Authentication required: use HTTP Basic with the token as the password and an empty user name',
    );
  }
  const hash = tokenHash(credentials.password);
  const [grant, ...others] = oldestGrants(
    grants
      .grantsByHash(hash)
      .filter(({ spec }) => sameHash(spec.tokenHash, hash)),
  );
  if (others.length > 0) throw new AmbiguousTokenError([grant, ...others]);
  if (!grant || grant.metadata.deletionTimestamp) {
    throw new NotLoggedInError("This token doesn't exist or was revoked");
  }
  if (!isNamed(grant, credentials.user)) {
    throw new NotLoggedInError(
      "The user name doesn't match the token; leave it empty or use your own",
    );
  }
  const end = grantEnd(grant);
  if (!(end > now)) {
    throw new NotLoggedInError(
      `This token expired at ${toInstant(
        end,
      )}; create a new token on the app's page`,
    );
  }
  return grant;
}

function isNamed({ metadata, spec }: Grant, user: string): boolean {
  const subjectName = spec.subject.slice(spec.subject.lastIndexOf('/') + 1);
  return user === '' || user === metadata.name || user === subjectName;
}
