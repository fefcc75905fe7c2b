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
      .describe('Validates the request without creating it.'),
  }),
);

/** Lets agents request a tenant through the portal's own API, on behalf of a person. */
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
    description: `Requests a tenant (a team's workspace for apps) on behalf of the signed-in person.
A plan rule or an approver decides; the tenant is created after approval. The person must be a member of one of the owner groups.
Use dryRun first: the response lists all problems.`,
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
            .describe(
              'Open until the request is decided; Checked after a dry run.',
            ),
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
