import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { isTenantGroup } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  withPlatformGroup,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/**
 * Returns the person with credentials, as impersonated in Kubernetes.
 *
 * @param group - the portal's platform group, see {@link readPlatformGroup}
 * @throws if the credentials are not those of a user
 * @public
 */
export async function personOf(
  credentials: BackstageCredentials,
  userInfo: UserInfoService,
  group?: string,
): Promise<Person> {
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return {
    user: userEntityRef,
    groups: withPlatformGroup(ownershipEntityRefs, group).filter(
      ref => ref.startsWith('group:') && !isTenantGroup(ref),
    ),
  };
}
