import { NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  tenantRequestSchema,
  type TenantRequestInput,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { actionShape } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
import { asInitiator, type ActionServices } from './ActionServices';
import { withoutStack } from './withoutStack';
import { examples } from './requestTenant.examples';
import { waitForRequest } from './waitForRequest';

/** Longest wait for a decision; the task acts for a person, whose sign-in ends after an hour. */
const mostMinutes = 30;

const inputSchema = tenantRequestSchema.extend({
  waitMinutes: z
    .number()
    .default(0)
    .describe(
      `How long the task waits for the tenant, at most ${mostMinutes} minutes. The task fails if the request is not applied in time.`,
    ),
});

/** Action `bailiwick:tenant:request`: requests a tenant, and waits for it on request. */
export function createRequestTenantAction(services: ActionServices) {
  return createTemplateAction({
    id: 'bailiwick:tenant:request',
    description:
      'Requests a tenant on behalf of the person who started the task; a plan rule or an approver decides',
    examples,
    supportsDryRun: true,
    schema: {
      input: () => actionShape(inputSchema),
      output: {
        tenant: () => z3.string().describe('Name of the tenant'),
        request: () =>
          z3
            .string()
            .optional()
            .describe('Name of the request; absent after a dry run'),
        state: () =>
          z3
            .string()
            .describe(
              'Open until decided, Applied when the tenant is created; Checked after a dry run',
            ),
      },
    },
    handler: withoutStack(async ctx => {
      const { waitMinutes = 0, ...input } = ctx.input;
      const wanted = input as TenantRequestInput;
      ctx.output('tenant', wanted.name);
      if (ctx.isDryRun) {
        const options = await asInitiator(services, ctx);
        await services.client.requestTenant(wanted, {
          ...options,
          dryRun: true,
        });
        ctx.logger.info(`Would request tenant ${wanted.name}`);
        ctx.output('state', 'Checked');
        return;
      }
      const { name } = await ctx.checkpoint({
        key: `tenant-request.${wanted.name}`,
        fn: async () => {
          const options = await asInitiator(services, ctx);
          const made = await services.client.requestTenant(wanted, options);
          return { name: made.metadata.name };
        },
      });
      ctx.logger.info(`Requested tenant ${wanted.name}`);
      ctx.output('request', name);
      const find = async (): Promise<RequestView> => {
        const options = await asInitiator(services, ctx);
        const all = await services.client.listRequests(options);
        const found = all.find(({ metadata }) => metadata.name === name);
        if (found) return found;
        throw new NotFoundError(`Request "${name}" was deleted`);
      };
      const minutes = Math.min(waitMinutes, mostMinutes);
      const seen = minutes > 0 && (await waitForRequest(find, minutes, ctx));
      ctx.output('state', (seen && seen.status?.phase) || 'Open');
    }),
  });
}
