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
    app: labelSchema.describe('App of the release.'),
    number: z.int().min(1).describe('Release number of the app, from 1.'),
    commit: commitSchema.describe('Commit of the code.'),
    bundle: z
      .object({
        digest: digestSchema,
        runtime: text(300, 'Runtime image, by digest.'),
        packages: digestSchema
          .optional()
          .describe(
            'Digest of the file that declares packages; absent if the code requires none.',
          ),
      })
      .describe('Code bundle.'),
    format: z
      .enum(['image'])
      .optional()
      .describe(
        '`image` runs the release from an image with its runtime, packages and code; absent for a code bundle.',
      ),
    dockerfile: z
      .boolean()
      .optional()
      .describe(
        'Whether the image is built on the result of the Dockerfile in the repository; false by default.',
      ),
    archetype: archetypeRefSchema,
    answers: anyObject()
      .default({})
      .describe('Answers to the form of the archetype.'),
    contract: contractSchema,
    createdBy: subjectSchema.describe('Person who published the release.'),
  })
  .describe('Code, contract and runtime of the release.');

/** An immutable version of an app, with its evidence. @public */
export const releaseKind = defineKind({
  kind: 'Release',
  plural: 'releases',
  shortNames: ['rel'],
  scope: 'Namespaced',
  description: 'An immutable version of an app, with its evidence.',
  spec: withRules(releaseSpec, [
    {
      cel: 'self == oldSelf',
      message: "A release can't be changed; publish a new one",
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      packages: withRules(z.string().max(500), [
        {
          cel: 'self == oldSelf',
          message: "The packages of a release can't be changed",
          holds: () => true,
        },
      ])
        .optional()
        .describe('OCI image with the packages of the release, by digest.'),
      image: withRules(z.string().max(500), [
        {
          cel: 'self == oldSelf',
          message: "The image of a release can't be changed",
          holds: () => true,
        },
      ])
        .optional()
        .describe('Image of the release, by digest.'),
      evidence: keyedList(
        withRules(
          z.object({
            check: text(60, 'Name of the check.'),
            verdict: z
              .enum(['Passed', 'Failed', 'Missing'])
              .describe('Result.'),
            detail: text(500, 'Message in one sentence.'),
            at: instantSchema.describe('Time of the check (RFC 3339).'),
          }),
          [
            {
              cel: 'self == oldSelf',
              message: "Evidence can't be changed",
              holds: () => true,
            },
          ],
        ),
        'check',
        50,
      )
        .optional()
        .describe('Results of the checks.'),
    })
    .describe('Evidence of the release.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Number', type: 'integer', jsonPath: '.spec.number' },
    { name: 'Commit', type: 'string', jsonPath: '.spec.commit' },
    { name: 'By', type: 'string', jsonPath: '.spec.createdBy' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** An immutable version of an app, with its evidence. @public */
export type Release = ObjectOf<typeof releaseKind>;
