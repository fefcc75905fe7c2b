import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  AnswersError,
  renderApp,
  staleForm,
} from '@bailiwick/backstage-domain-pack';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod/v3';
import { titleMax } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { withoutStack } from './withoutStack';
import { asInitiator, type ActionServices } from './ActionServices';
import { answersInput, archetypeInput, nameInput, tenantInput } from './inputs';
import { examples } from './renderArchetype.examples';

/** Action `bailiwick:archetype:render`: writes an archetype's code into the workspace. */
export function createRenderArchetypeAction(services: ActionServices) {
  return createTemplateAction({
    id: 'bailiwick:archetype:render',
    description:
      'Renders the code template of an archetype with the answers into the workspace',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        tenant: () => tenantInput,
        name: () => nameInput,
        title: () => z.string().max(titleMax).describe('Title of the app'),
        description: () =>
          z.string().max(500).optional().describe('Description of the app'),
        archetype: () => archetypeInput,
        answers: () => answersInput,
      },
      output: {
        answers: () => answersInput,
        files: () => z.array(z.string()).describe('Paths of the written files'),
      },
    },
    handler: withoutStack(async ctx => {
      const { archetype: reference, answers, ...place } = ctx.input;
      const options = await asInitiator(services, ctx);
      const [{ archetype, pack }, tenants] = await Promise.all([
        services.client.getArchetype(reference.pack, reference.name, options),
        services.client.listTenants(options),
      ]);
      const tenant = tenants.find(
        ({ metadata }) => metadata.name === place.tenant,
      );
      if (!tenant) {
        throw new NotFoundError(
          `Tenant "${place.tenant}" was not found, or you are not a member`,
        );
      }
      const stale = staleForm(pack, reference);
      if (stale) throw new InputError(stale);
      const { answers: kept, files } = render(archetype, pack, {
        ...place,
        owner: tenant.spec.owners[0],
        answers,
      });
      for (const { path, content } of files) {
        const target = resolveSafeChildPath(ctx.workspacePath, path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
      }
      ctx.logger.info(`Wrote ${files.length} files`);
      ctx.output('answers', kept);
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
    }),
  });
}

/** @throws InputError for answers that the form would refuse */
function render(...wanted: Parameters<typeof renderApp>) {
  try {
    return renderApp(...wanted);
  } catch (error) {
    throw error instanceof AnswersError ? new InputError(error.message) : error;
  }
}
