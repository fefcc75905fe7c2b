import { NotAllowedError } from '@backstage/errors';
import { repositoryCreatePermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Request } from 'express';
import type { Authorizer } from './Authorizer';

/**
 * Requires that a person can change the code of an app, by the permissions of the portal and the roles of the tenant.
 *
 * @param what - what they want to do, such as `change code`
 * @throws NotAllowedError when they cannot
 */
export async function requireBuilder(
  authorizer: Authorizer,
  req: Request,
  { canBuild, tenant }: AppView,
  what: string,
): Promise<void> {
  await authorizer.requireForTenant(req, repositoryCreatePermission, tenant);
  if (!canBuild)
    throw new NotAllowedError(
      `Only builders and owners of the tenant can ${what}; ask an owner for this role`,
    );
}
