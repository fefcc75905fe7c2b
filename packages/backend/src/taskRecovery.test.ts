import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { eventually } from '@bailiwick/backstage-testing';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createKnex from 'knex';
import { parse } from 'yaml';

const configFile = join(__dirname, '../../../backstage.app-config.yaml');
const { scaffolder } = parse(readFileSync(configFile, 'utf8'));
const taskId = 'b3c1d2a0-0000-4000-8000-000000000001';
const done: string[] = [];

const noteAction = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'note',
  register(env) {
    env.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(
          createTemplateAction({
            id: 'test:note',
            schema: { input: { text: z => z.string() } },
            handler: async ctx => {
              done.push(ctx.input.text);
            },
          }),
        );
      },
    });
  },
});
const step = (id: string) => ({
  id,
  name: id,
  action: 'test:note',
  input: { text: id },
});

describe('a task of a killed portal', () => {
  const folder = createMockDirectory({ content: { [taskId]: { code: 'x' } } });

  it('resumes after its last completed step, and its folder is deleted', async () => {
    // Stays open: the scaffolder looks for tasks for a while after it was stopped.
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        noteAction,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: { scaffolder, backend: { workingDirectory: folder.path } },
        }),
      ],
    });
    await knex('tasks').insert({
      id: taskId,
      spec: JSON.stringify({
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        parameters: {},
        steps: [step('first'), step('second')],
        output: {},
      }),
      state: JSON.stringify({
        state: { steps: { first: { status: 'completed', output: {} } } },
      }),
      secrets: JSON.stringify({
        __initiatorCredentials: JSON.stringify(mockCredentials.user()),
      }),
      status: 'processing',
      last_heartbeat_at: '2026-01-01 00:00:00',
    });
    await eventually(
      'The task has ended',
      async () => {
        const [{ status }] = await knex('tasks').where({ id: taskId });
        return status !== 'processing' && status !== 'open' && status;
      },
      60,
    );
    expect(await knex('tasks').select('status')).toEqual([
      { status: 'completed' },
    ]);
    expect(done).toEqual(['second']);
    expect(existsSync(folder.resolve(taskId))).toBe(false);
    await backend.stop();
  }, 90_000);
});
