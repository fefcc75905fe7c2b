import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { oldestGrants } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppDirectory } from '../delivery';
import { NotFoundError } from '../errors';
import {
  authorizeGrant,
  isUsable,
  sameHash,
  type LoginDirectory,
  targetOf,
} from '../login';
import { addInKey } from './addInKey';

/** Everything that decides about the content of an add-in. */
export type AddInDirectory = AppDirectory &
  Pick<LoginDirectory, 'findTenant' | 'grantsOf'>;

/**
 * Returns the grant of an add-in's key.
 *
 * @throws NotFoundError when there is none, or it cannot be used any more or from this address
 */
export function grantOfKey(
  tenant: string,
  key: string,
  ip: string,
  directory: AddInDirectory,
): Grant {
  const [grant, ...others] = oldestGrants(
    directory
      .grantsOf(tenant)
      .filter(({ spec }) => sameHash(addInKey(spec.tokenHash), key)),
  );
  if (!grant || others.length > 0 || !isUsable(grant, ip))
    throw new NotFoundError(
      'The token of this add-in has expired or was revoked; create a token, and download the add-in again',
    );
  authorizeGrant(grant, targetOf(grant), directory);
  return grant;
}

/**
 * Returns the grants of an add-in. A token for Excel stands for all tokens for Excel of its subject in the tenant, so that
 * one add-in has the functions of all of them.
 */
export function grantsOfAddIn(
  grant: Grant,
  directory: AddInDirectory,
): Grant[] {
  const { client, subject } = grant.spec;
  if (client !== 'excel') return [grant];
  const others = directory
    .grantsOf(targetOf(grant).tenant)
    .filter(({ spec }) => spec.client === client && spec.subject === subject);
  return [grant, ...others];
}
