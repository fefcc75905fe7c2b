import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { decideBailiwick } from '@bailiwick/backstage-plugin-permission-backend-module-bailiwick';

const refusal: DefinitivePolicyDecision = { result: AuthorizeResult.DENY };

/** The portal's own policy, asked without a permission backend between. */
export const portalPolicy = createServiceFactory({
  service: coreServices.permissions,
  deps: { userInfo: coreServices.userInfo },
  factory: ({ userInfo }): PermissionsService => {
    const decide = async (
      queries: { permission: Permission }[],
      { credentials }: { credentials: BackstageCredentials },
    ): Promise<PolicyDecision[]> => {
      const info = await userInfo.getUserInfo(credentials);
      const user = { credentials, info } as Parameters<
        typeof decideBailiwick
      >[1];
      return queries.map(
        ({ permission }) => decideBailiwick(permission, user) ?? refusal,
      );
    };
    return {
      authorizeConditional: decide,
      // Rules are evaluated at the resource: only decisions without a condition are definite here.
      authorize: async (queries, options) =>
        (await decide(queries, options)).map(one =>
          one.result === AuthorizeResult.CONDITIONAL ? refusal : one,
        ),
    };
  },
});
