import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { isTenantGroup } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/**
 * The person behind credentials, as Kubernetes shall see them.
 *
 * @throws when the credentials are not those of a user.
 */
export async function personOf(
  credentials: BackstageCredentials,
  userInfo: UserInfoService,
): Promise<Person> {
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return {
    user: userEntityRef,
    groups: ownershipEntityRefs.filter(
      ref => ref.startsWith('group:') && !isTenantGroup(ref),
    ),
  };
}
