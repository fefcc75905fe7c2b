import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { NotAllowedError, NotLoggedInError } from '../errors';
import type { Person } from './AccessTokens';
import {
  authenticateToken,
  isUsable,
  type GrantDirectory,
} from './authenticateToken';
import {
  authorizeGrant,
  grantAllows,
  type Target,
  type TenantDirectory,
} from './authorizeGrant';
import type { LoginRequest } from './credentials';

/** Source of everything that decides which grant a request uses. */
export interface LoginDirectory extends GrantDirectory, TenantDirectory {
  /** Returns the grants of a tenant. */
  grantsOf(tenant: string): Grant[];
}

/**
 * Returns the grant with which a request reads an app: that of its token, or, with an access token of the identity
 * provider, the least restricted one of the person.
 *
 * @throws GatewayError with the reason of the refusal
 */
export function findGrant(
  request: LoginRequest,
  target: Target,
  directory: LoginDirectory,
  now: Date = new Date(),
): Grant {
  const { ip, person } = request;
  const grant = person
    ? grantOfPerson(person, ip, target, directory, now)
    : authenticateToken(request, directory, now);
  authorizeGrant(grant, target, directory, now);
  return grant;
}

/**
 * Returns the grants of a person in a tenant that can be used from an address, the least restricted ones first.
 *
 * @throws NotLoggedInError when the access token has expired
 */
export function grantsOfPerson(
  { expiresAt, subject }: Person,
  ip: string,
  tenant: string,
  directory: Pick<LoginDirectory, 'grantsOf'>,
  now: Date = new Date(),
): Grant[] {
  if (!(expiresAt > now))
    throw new NotLoggedInError(
      'This access token expired; request another one',
    );
  return directory
    .grantsOf(tenant)
    .filter(
      grant =>
        grant.spec.subject === subject &&
        grant.spec.client !== 'git' &&
        isUsable(grant, ip, now),
    )
    .sort((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'));
}

function grantOfPerson(
  person: Person,
  ip: string,
  { app, environment, tenant }: Target,
  directory: LoginDirectory,
  now: Date,
): Grant {
  const target = { app, environment, tenant };
  const grant = grantsOfPerson(person, ip, tenant, directory, now).find(one =>
    grantAllows(one, target, directory),
  );
  if (grant) return grant;
  throw new NotAllowedError(
    `${person.subject} has no token for ${tenant}/${environment}/${app} that can be used from ${ip}; create one on the app's Get data tab`,
  );
}

/** Grants of all functions come first, then those without fixed parameters, then the oldest ones. */
function orderOf({ metadata, spec }: Grant): string {
  return [
    spec.functions ? 1 : 0,
    spec.presets ? 1 : 0,
    metadata.creationTimestamp,
    metadata.name,
  ].join(' ');
}
