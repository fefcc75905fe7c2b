import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import {
  commitSchema,
  instantSchema,
  labelSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { packagesSchema } from './packages';

/** Files of a repository that can declare packages; the first one that exists is used. */
export const packageFiles = ['requirements.txt', 'pyproject.toml'] as const;
/** Name of a file that declares packages. */
export type PackageFile = (typeof packageFiles)[number];

/** Maximum size of a file that declares packages, in characters. */
export const maxPackageFile = 20_000;

const builtPackage = z.object({
  name: text(200, 'Name of the package.'),
  version: text(100, 'Version of the package.'),
  license: text(500, 'License as declared by the package.'),
});

/** One resolution and installation of the packages that an app requires. */
export const buildKind = defineKind({
  kind: 'Build',
  plural: 'builds',
  shortNames: ['bwbuild'],
  scope: 'Namespaced',
  description:
    'A resolution and installation of the packages that an app requires.',
  spec: withRules(
    z
      .object({
        app: labelSchema.describe('App of the packages.'),
        commit: commitSchema.describe('First commit with these packages.'),
        runtime: text(300, 'Runtime image to install the packages for.'),
        file: z
          .enum(packageFiles)
          .describe('File of the repository that declares the packages.'),
        content: text(maxPackageFile, 'Text of the file.'),
        allow: packagesSchema.shape.allow,
      })
      .describe('Packages to build.'),
    [
      {
        cel: 'self == oldSelf',
        message: "A build can't be changed; delete it to build again",
        holds: () => true,
      },
    ],
  ),
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum(['Pending', 'Running', 'Succeeded', 'Failed'])
        .optional()
        .describe('Progress.'),
      why: text(2000, 'Message in one sentence.').optional(),
      next: text(500, 'Remedy.').optional(),
      line: z
        .int()
        .min(0)
        .optional()
        .describe('Line of the file that the message is about.'),
      artifact: withRules(z.string().max(500), [
        {
          cel: 'self == oldSelf',
          message: "The artifact of a build can't be changed",
          holds: () => true,
        },
      ])
        .optional()
        .describe(
          'OCI image with the packages, by digest; absent if the runtime has all of them.',
        ),
      packages: z
        .array(builtPackage)
        .max(500)
        .optional()
        .describe('Packages in the image.'),
      bytes: z.int().optional().describe('Size of the packages in bytes.'),
      log: text(8000, 'End of the log.').optional(),
      startedAt: instantSchema.optional().describe('Start time (RFC 3339).'),
      finishedAt: instantSchema.optional().describe('End time (RFC 3339).'),
    })
    .describe('Progress and result of the build.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Why', type: 'string', jsonPath: '.status.why' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

const shown = (length: number) =>
  z.string().transform(value => value.slice(0, length));

/** Schema of the result of a build; long texts are truncated. */
export const buildResultSchema = z.object({
  artifact: z.string().max(500).optional(),
  packages: z
    .array(
      z.object({ name: shown(200), version: shown(100), license: shown(500) }),
    )
    .max(500)
    .optional(),
  bytes: z.int().optional(),
  problems: z
    .array(z.object({ line: z.int().min(0), message: shown(1900) }))
    .optional(),
  count: z.int().optional(),
  error: shown(1900).optional(),
});

/** Result of a build, as the function runtime prints it. */
export type BuildResult = z.output<typeof buildResultSchema>;

/** A resolution and installation of the packages that an app requires. */
export type Build = ObjectOf<typeof buildKind>;
