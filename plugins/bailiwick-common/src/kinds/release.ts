import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList, withRules } from './schema/rules';
import {
  commitSchema,
  digestSchema,
  instantSchema,
  labelSchema,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { archetypeRefSchema } from './app';
import { contractSchema } from './contract';

const releaseSpec = z
  .object({
    app: labelSchema.describe('App that it is a release of.'),
    number: z.int().min(1).describe('Counts the releases of the app from 1.'),
    commit: commitSchema.describe('Commit of the code.'),
    bundle: z
      .object({
        digest: digestSchema,
        runtime: text(300, 'Image it runs on, by digest.'),
      })
      .optional()
      .describe('Code bundle, when there is no image.'),
    image: text(300, 'Image by digest, when there is no bundle.').optional(),
    archetype: archetypeRefSchema,
    answers: anyObject().default({}).describe('What was filled into the form.'),
    contract: contractSchema,
    createdBy: subjectSchema.describe('Who published it.'),
  })
  .describe('The code, its contract and what it runs on.');

/** An immutable state of an app, with the evidence for it. */
export const releaseKind = defineKind({
  kind: 'Release',
  plural: 'releases',
  shortNames: ['rel'],
  scope: 'Namespaced',
  description: 'An immutable state of an app, with the evidence for it.',
  spec: withRules(releaseSpec, [
    {
      cel: 'self == oldSelf',
      message: 'A release cannot be changed; publish a new one',
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      evidence: keyedList(
        z.object({
          check: text(60, 'Name of the check.'),
          verdict: z
            .enum(['Passed', 'Failed', 'Missing'])
            .describe('How it ended.'),
          detail: text(500, 'What was found, in a sentence.'),
          at: instantSchema.describe('When it was made (RFC 3339).'),
        }),
        'check',
        50,
      )
        .optional()
        .describe('Checks of the release and how they ended.'),
    })
    .describe('What was found out about the release.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Number', type: 'integer', jsonPath: '.spec.number' },
    { name: 'Commit', type: 'string', jsonPath: '.spec.commit' },
    { name: 'By', type: 'string', jsonPath: '.spec.createdBy' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** An immutable state of an app, with the evidence for it. */
export type Release = ObjectOf<typeof releaseKind>;
