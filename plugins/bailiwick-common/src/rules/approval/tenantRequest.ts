import { z } from 'zod';
import { tenantSpecSchema } from '../../kinds/tenant';
import { shownText } from '../../kinds/schema/scalars';

/**
 * A request for a new tenant: the one definition for the portal's API, the scaffolder's action and
 * agents. Rules on names and fields are judged by the portal and by the API server.
 */
export const tenantRequestSchema = z.strictObject({
  name: z
    .string()
    .max(100)
    .describe(
      'Name of the tenant: lower case letters, digits and "-", at most 40 characters; can\'t be changed later.',
    ),
  // What is misspelt is told, not dropped.
  spec: tenantSpecSchema.strict(),
  reason: shownText(500).describe('Reason, shown to approvers.'),
});

/** What is needed to ask for a tenant. */
export type TenantRequest = z.output<typeof tenantRequestSchema>;

/** The same as people and programs write it: what has a default may be left out. */
export type TenantRequestInput = z.input<typeof tenantRequestSchema>;
