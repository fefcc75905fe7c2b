import { z } from 'zod';
import { tenantSpecSchema } from '../../kinds/tenant';
import { shownText } from '../../kinds/schema/scalars';

/**
 * A request for a new tenant, shared by the portal's API, the scaffolder's action and agents. The portal and the API
 * server validate names and fields.
 *
 * @public
 */
export const tenantRequestSchema = z.strictObject({
  name: z
    .string()
    .max(100)
    .describe(
      'Name of the tenant: lowercase letters, digits and "-", at most 40 characters; can\'t be changed later.',
    ),
  // Misspelt fields are reported, not dropped.
  spec: tenantSpecSchema.strict(),
  reason: shownText(500).describe('Reason, shown to approvers.'),
});

/** Data of a request for a tenant. @public */
export type TenantRequest = z.output<typeof tenantRequestSchema>;

/** Input of a request for a tenant; fields with defaults are optional. @public */
export type TenantRequestInput = z.input<typeof tenantRequestSchema>;
