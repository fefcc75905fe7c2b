import { z } from 'zod';
import { environmentNameRules } from './nameRules';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList, withRules } from './schema/rules';
import {
  digestSchema,
  instantSchema,
  labelSchema,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';

const phase = z
  .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
  .describe('Progress.');

const step = z.object({
  name: text(100, 'Function that the step runs.'),
  phase,
  why: text(2000, 'Message in one sentence.').optional(),
  startedAt: instantSchema.optional().describe('Start time (RFC 3339).'),
  finishedAt: instantSchema.optional().describe('End time (RFC 3339).'),
  rows: z.int().optional().describe('Number of rows of the result.'),
  digest: digestSchema.optional().describe('Digest of the result.'),
  inputs: z
    .array(
      z.object({
        step: text(100, 'Step that produced the result.'),
        digest: digestSchema,
      }),
    )
    .max(20)
    .optional()
    .describe('Results that the step read.'),
});

/** One run of an app of the shape job or dag: code, parameters and result. @public */
export const runKind = defineKind({
  kind: 'Run',
  plural: 'runs',
  shortNames: ['bwrun'],
  scope: 'Namespaced',
  description: 'A run of an app and its result.',
  spec: z
    .object({
      app: labelSchema.describe('App to run.'),
      environment: withRules(z.string().max(63), environmentNameRules).describe(
        'Environment of the tenant.',
      ),
      trigger: z
        .enum(['person', 'schedule', 'start'])
        .describe('Trigger: a person, the schedule, or new code.'),
      requestedBy: subjectSchema
        .optional()
        .describe('Person who started the run.'),
      parameters: anyObject()
        .default({})
        .describe(
          'Parameter values of the steps, by name; a policy limits their number and length.',
        ),
      cancelled: z
        .boolean()
        .optional()
        .describe("Cancels the run; can't be undone."),
    })
    .describe('App, environment and trigger of the run; immutable by policy.'),
  status: z
    .object({
      ...statusBase,
      phase: phase.optional(),
      why: text(2000, 'Message in one sentence.').optional(),
      startedAt: instantSchema.optional().describe('Start time (RFC 3339).'),
      finishedAt: instantSchema.optional().describe('End time (RFC 3339).'),
      commit: text(40, 'Commit of the code.').optional(),
      digest: digestSchema.optional().describe('Digest of the code bundle.'),
      steps: keyedList(step, 'name', 20).optional().describe('Steps in order.'),
    })
    .describe('Progress and result of the run.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Environment', type: 'string', jsonPath: '.spec.environment' },
    { name: 'Trigger', type: 'string', jsonPath: '.spec.trigger' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Why', type: 'string', jsonPath: '.status.why' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** A run of an app and its result. @public */
export type Run = ObjectOf<typeof runKind>;
