import type { AuthService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  tenantCreatePermission,
  tenantRequestSchema,
  type TenantRequestInput,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  RequestFailedError,
  type BailiwickClient,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { actionShape } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';
import { errorOfStatus } from '../http';

const inputShape = actionShape(
  tenantRequestSchema.extend({
    dryRun: z
      .boolean()
      .default(false)
      .describe('Checks everything, and keeps nothing.'),
  }),
);

/** Lets agents ask for a tenant, through the portal's own API as the person for whom they act. */
export function registerTenantRequestAction({
  actionsRegistry,
  auth,
  client,
}: {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  client: BailiwickClient;
}): void {
  actionsRegistry.register({
    name: 'request-tenant',
    title: 'Request a tenant',
    description: `Asks for a tenant, a team's place for apps, in the name of the person who is signed in.
A rule of the plan, or a person, decides; nothing exists before. The person must be a member of a group that shall own the tenant.
Try with dryRun first: the answer names everything that is wrong.`,
    visibilityPermission: tenantCreatePermission,
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: () => inputShape,
      output: zod =>
        zod.object({
          tenant: zod.string().describe('Name of the tenant.'),
          request: zod
            .string()
            .optional()
            .describe('Name of the request; absent after a dry run.'),
          state: zod
            .string()
            .describe('Open until it is decided; Checked after a dry run.'),
        }),
    },
    action: async ({ credentials, input }) => {
      const { dryRun = false, ...wanted } = input;
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'bailiwick',
      });
      const { metadata, spec, status } = await client
        .requestTenant(wanted as TenantRequestInput, { dryRun, token })
        .catch(rethrow);
      const tenant = spec.target.name;
      return {
        output: dryRun
          ? { tenant, state: 'Checked' }
          : { tenant, request: metadata.name, state: status?.phase ?? 'Open' },
      };
    },
  });
}

/** Rethrows a refusal as Backstage's error for agents. */
function rethrow(error: unknown): never {
  if (!(error instanceof RequestFailedError)) throw error;
  throw errorOfStatus(error.status, error.message) ?? error;
}
