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
  .describe('How far it is.');

const step = z.object({
  name: text(100, 'Function of the step.'),
  phase,
  why: text(2000, 'One sentence.').optional(),
  startedAt: instantSchema.optional().describe('When it began (RFC 3339).'),
  finishedAt: instantSchema.optional().describe('When it ended (RFC 3339).'),
  rows: z.int().optional().describe('Rows of its result.'),
  digest: digestSchema.optional().describe('Digest of its result.'),
  inputs: z
    .array(
      z.object({
        step: text(100, 'Step whose result it read.'),
        digest: digestSchema,
      }),
    )
    .max(20)
    .optional()
    .describe('Results that it read.'),
});

/** One run of an app of the shape job or dag: which code ran with which parameters, and what came of it. */
export const runKind = defineKind({
  kind: 'Run',
  plural: 'runs',
  shortNames: ['bwrun'],
  scope: 'Namespaced',
  description: 'One run of an app, and what came of it.',
  spec: z
    .object({
      app: labelSchema.describe('App that runs.'),
      environment: withRules(z.string().max(63), environmentNameRules).describe(
        'Environment of the tenant in which it runs.',
      ),
      trigger: z
        .enum(['person', 'schedule', 'start'])
        .describe('Who began it: a person, the clock, or new code.'),
      requestedBy: subjectSchema.optional().describe('Person that began it.'),
      parameters: anyObject()
        .default({})
        .describe(
          'Values for parameters of the steps, by name; a policy says how many and how long.',
        ),
      cancelled: z
        .boolean()
        .optional()
        .describe('Ends it; cannot be taken back.'),
    })
    .describe('What runs, where and why; a policy keeps it as it was begun.'),
  status: z
    .object({
      ...statusBase,
      phase: phase.optional(),
      why: text(2000, 'One sentence.').optional(),
      startedAt: instantSchema.optional().describe('When it began (RFC 3339).'),
      finishedAt: instantSchema
        .optional()
        .describe('When it ended (RFC 3339).'),
      commit: text(40, 'Commit that ran.').optional(),
      digest: digestSchema
        .optional()
        .describe('Digest of the code bundle that ran.'),
      steps: keyedList(step, 'name', 20)
        .optional()
        .describe('Its steps, in their order.'),
    })
    .describe('How far it is, and what came of it.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Environment', type: 'string', jsonPath: '.spec.environment' },
    { name: 'Trigger', type: 'string', jsonPath: '.spec.trigger' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Why', type: 'string', jsonPath: '.status.why' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** One run of an app, and what came of it. */
export type Run = ObjectOf<typeof runKind>;
