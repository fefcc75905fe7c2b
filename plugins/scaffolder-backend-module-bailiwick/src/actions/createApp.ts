import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { titleMax } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { withoutStack } from './withoutStack';
import { asInitiator, type ActionServices } from './ActionServices';
import { examples } from './createApp.examples';
import { waitForEntity } from './waitForEntity';
import { answersInput, archetypeInput, nameInput, tenantInput } from './inputs';

/** Action `bailiwick:app:create`: creates the app that runs a repository's code. */
export function createCreateAppAction(
  services: ActionServices & { catalog: CatalogService },
) {
  return createTemplateAction({
    id: 'bailiwick:app:create',
    description: 'Creates an app from the code of its repository. Idempotent.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        tenant: () => tenantInput,
        name: () => nameInput,
        title: () => z.string().max(titleMax).describe('Title of the app'),
        description: () =>
          z.string().max(500).optional().describe('Description of the app'),
        environment: () =>
          z.string().max(20).describe('Environment of the draft'),
        archetype: () => archetypeInput,
        answers: () => answersInput,
        settings: () =>
          z
            .record(z.unknown())
            .optional()
            .describe('Settings of the environment'),
        results: () =>
          z
            .object({
              connection: z
                .string()
                .max(63)
                .describe('Name of a connection to an S3 bucket'),
            })
            .optional()
            .describe('Bucket for stored results; a volume by default'),
      },
      output: {
        entityRef: () =>
          z.string().describe("Reference of the app's catalog entity"),
      },
    },
    handler: withoutStack(async ctx => {
      const { tenant, ...app } = ctx.input;
      const entityRef = `component:${tenant}/${app.name}`;
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create ${entityRef}`);
        return;
      }
      await ctx.checkpoint({
        key: `app.${tenant}.${app.name}`,
        fn: async () => {
          await services.client.createApp(
            tenant,
            app,
            await asInitiator(services, ctx),
          );
        },
      });
      ctx.logger.info(`Created ${entityRef}`);
      if (!(await waitForEntity(services.catalog, entityRef, ctx))) {
        ctx.logger.info('It appears in the catalog shortly');
      }
    }),
  });
}
