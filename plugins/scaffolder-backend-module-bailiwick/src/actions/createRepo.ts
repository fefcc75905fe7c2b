import { InputError } from '@backstage/errors';
import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { withoutStack } from './withoutStack';
import { asInitiator, type ActionServices } from './ActionServices';
import { examples } from './createRepo.examples';
import { nameInput, tenantInput } from './inputs';

/** Action `bailiwick:repo:create`: creates a repository with the workspace's files. */
export function createCreateRepoAction(services: ActionServices) {
  return createTemplateAction({
    id: 'bailiwick:repo:create',
    description:
      "Creates a git repository on the portal's git host from the files in the workspace. Idempotent for the same files.",
    examples,
    supportsDryRun: true,
    schema: {
      input: { tenant: () => tenantInput, name: () => nameInput },
      output: {
        cloneUrl: () => z.string().describe('URL for git clone'),
        commit: () => z.string().describe('Hash of the first commit'),
      },
    },
    handler: withoutStack(async ctx => {
      const { tenant, name } = ctx.input;
      const files = await serializeDirectoryContents(ctx.workspacePath);
      if (files.length === 0) {
        throw new InputError(
          'The workspace is empty; write files in an earlier step',
        );
      }
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would create ${tenant}/${name} with ${files.length} files`,
        );
        return;
      }
      const repository = await ctx.checkpoint({
        key: `repository.${tenant}.${name}`,
        fn: async () => {
          const { cloneUrl, commit } = await services.client.createRepository(
            tenant,
            {
              name,
              files: files.map(({ path, content }) => ({
                path,
                content: content.toString('utf8'),
              })),
            },
            await asInitiator(services, ctx),
          );
          return { cloneUrl, commit };
        },
      });
      ctx.logger.info(`Created ${repository.cloneUrl}`);
      ctx.output('cloneUrl', repository.cloneUrl);
      ctx.output('commit', repository.commit);
    }),
  });
}
