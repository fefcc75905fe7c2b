import { z } from 'zod';
import { environmentNameRules } from './nameRules';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import {
  count,
  instantSchema,
  labelSchema,
  quantitySchema,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';

/** Range and default of the minutes without activity after which a workspace stops. @public */
export const idleMinutes = { min: 1, max: 1440, default: 60 };

/** Days after which a stopped workspace is deleted with its files. @public */
export const workspaceDays = 30;

/** Reasons for which a workspace stops. */
const endReasons = ['idle', 'failed'] as const;

const fixed = ['app', 'environment', 'owner', 'storage'] as const;

const workspaceSpec = withRules(
  z
    .object({
      app: labelSchema.describe('App whose code the workspace contains.'),
      environment: withRules(
        text(63, 'Environment of the tenant in which the pod runs.'),
        environmentNameRules,
      ),
      owner: subjectSchema.describe('Person who uses the workspace.'),
      cpu: quantitySchema.describe('Maximum CPU in cores, such as 500m.'),
      memory: quantitySchema.describe('Memory, such as 1Gi.'),
      storage: quantitySchema.describe(
        'Size of the volume with the files, such as 2Gi.',
      ),
      idleMinutes: count(
        idleMinutes.min,
        idleMinutes.max,
        'Minutes without activity after which the workspace stops.',
      ),
      startedAt: instantSchema
        .optional()
        .describe('Last time at which the owner started the workspace.'),
      stoppedAt: instantSchema
        .optional()
        .describe('Last time at which someone stopped the workspace.'),
    })
    .describe('Content and size of the workspace.'),
  [
    {
      cel: fixed.map(name => `self.${name} == oldSelf.${name}`).join(' && '),
      message:
        "App, environment, owner and storage of a workspace can't be changed",
      holds: () => true,
    },
  ],
);

/** A pod with JupyterLab in which a person edits and runs the code of an app. @public */
export const workspaceKind = defineKind({
  kind: 'Workspace',
  plural: 'workspaces',
  shortNames: ['bwworkspace'],
  scope: 'Namespaced',
  description:
    'A pod with JupyterLab in which a person edits and runs the code of an app.',
  spec: workspaceSpec,
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum(['Pending', 'Starting', 'Running', 'Stopped', 'Failed'])
        .optional()
        .describe('Progress.'),
      why: text(2000, 'Message in one sentence.').optional(),
      next: text(500, 'Remedy.').optional(),
      pod: text(253, 'Name of the running pod.').optional(),
      stoppedAt: instantSchema
        .optional()
        .describe('Time since which the workspace has not been running.'),
      ended: z
        .object({
          startedAt: instantSchema.describe(
            'Value of spec.startedAt that the end belongs to.',
          ),
          at: instantSchema.describe('Time of the end (RFC 3339).'),
          reason: z.enum(endReasons).describe('Why it ended.'),
          why: text(2000, 'Message in one sentence.').optional(),
        })
        .optional()
        .describe('Last end that nobody requested.'),
    })
    .describe('Progress of the workspace.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Owner', type: 'string', jsonPath: '.spec.owner' },
    { name: 'Environment', type: 'string', jsonPath: '.spec.environment' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Why', type: 'string', jsonPath: '.status.why' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** A pod with JupyterLab in which a person edits and runs the code of an app. @public */
export type Workspace = ObjectOf<typeof workspaceKind>;

/**
 * Returns the name of a person in names of objects; no two people have the same one. The policies for workspaces compute
 * the same.
 *
 * @param owner - reference such as `user:default/jane.doe`, here `default.jane-ddoe`
 * @public
 */
export function ownerSlug(owner: string): string {
  return owner
    .replace(/^user:/, '')
    .replaceAll('-', '--')
    .replaceAll('.', '-d')
    .replaceAll('_', '-u')
    .replaceAll('/', '.');
}

/** Returns the name of the one workspace that a person has for an app. @public */
export function workspaceName(app: string, owner: string): string {
  return `${app}.${ownerSlug(owner)}`;
}

/** Whether a person has started a workspace that has neither been stopped nor ended since. @public */
export function isWanted({ spec, status }: Pick<Workspace, 'spec' | 'status'>) {
  const { startedAt, stoppedAt } = spec;
  return (
    startedAt !== undefined &&
    status?.ended?.startedAt !== startedAt &&
    (stoppedAt === undefined || Date.parse(stoppedAt) < Date.parse(startedAt))
  );
}

/** Returns when a stopped workspace is deleted with its files; `undefined` while it runs. @public */
export function workspaceEnd({
  status,
}: Pick<Workspace, 'status'>): string | undefined {
  const { stoppedAt } = status ?? {};
  return stoppedAt === undefined
    ? undefined
    : new Date(
        Date.parse(stoppedAt) + workspaceDays * 86_400_000,
      ).toISOString();
}
