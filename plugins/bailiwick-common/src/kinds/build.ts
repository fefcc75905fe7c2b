import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import {
  commitSchema,
  digestSchema,
  instantSchema,
  labelSchema,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { packagesSchema } from './packages';

/** Files of a repository that can declare packages; the first one that exists is used. @public */
export const packageFiles = ['requirements.txt', 'pyproject.toml'] as const;
/** Name of a file that declares packages. @public */
export type PackageFile = (typeof packageFiles)[number];

/** Maximum size of a file that declares packages, in characters. @public */
export const maxPackageFile = 20_000;

/** Number of packages that the status of a build lists. */
const maxPackages = 500;

const builtPackage = z.object({
  name: text(200, 'Name of the package.'),
  version: text(100, 'Version of the package.'),
  license: text(500, 'License as declared by the package.'),
});

/** Number of advisories that the status of a build lists. */
const maxAdvisories = 100;

const advisory = z.object({
  id: text(100, 'ID of the advisory, such as GHSA-… or PYSEC-….'),
  package: text(200, 'Name of the package.'),
  version: text(100, 'Version of the package.'),
  severity: text(200, 'Severity: a word, or a score; empty if unknown.'),
  summary: text(200, 'Summary; can be empty.'),
  fixed: text(
    100,
    'First later version that is fixed; empty if there is none.',
  ),
});

/** Fields of the spec that never change. */
const fixed = {
  required: ['app', 'commit', 'runtime'],
  optional: ['file', 'content', 'allow', 'image'],
};

/** Returns a CEL expression for a field that is the same as before. */
function isUnchanged(name: string): string {
  return `self.${name} == oldSelf.${name}`;
}

const buildSpec = withRules(
  z
    .object({
      app: labelSchema.describe('App of the packages or the image.'),
      commit: commitSchema.describe(
        'Commit of the image, or the first one with these packages.',
      ),
      runtime: text(300, 'Runtime image to build for.'),
      file: z
        .enum(packageFiles)
        .optional()
        .describe(
          'File of the repository that declares the packages; absent for an image.',
        ),
      content: text(maxPackageFile, 'Text of the file.').optional(),
      allow: packagesSchema.shape.allow.optional(),
      image: z
        .object({
          release: labelSchema.describe('Release of the image.'),
          code: digestSchema.describe('Digest of the code bundle.'),
          packages: text(
            500,
            'OCI image with the packages, by digest; absent if the runtime has all of them.',
          ).optional(),
          dockerfile: z
            .boolean()
            .optional()
            .describe(
              'Whether to build on the result of the Dockerfile in the repository; false by default.',
            ),
        })
        .optional()
        .describe('Content of an image; absent for packages.'),
      cancelledBy: subjectSchema
        .optional()
        .describe("Person who cancels the build; can't be undone."),
    })
    .describe('What to build.'),
  [
    {
      cel: [
        ...fixed.required.map(isUnchanged),
        ...fixed.optional.map(
          name =>
            `has(self.${name}) == has(oldSelf.${name}) && (!has(self.${name}) || ${isUnchanged(
              name,
            )})`,
        ),
      ].join(' && '),
      message:
        "A build can't be changed, only cancelled; delete it to build again",
      holds: () => true,
    },
    {
      cel: `!has(oldSelf.cancelledBy) || (has(self.cancelledBy) && ${isUnchanged(
        'cancelledBy',
      )})`,
      message:
        "The cancellation of a build can't be undone; delete the build to build again",
      holds: () => true,
    },
    {
      cel: '(has(self.file) && has(self.content)) != has(self.image)',
      message: 'A build must have exactly one of file and image',
      holds: ({ content, file, image }) =>
        (file !== undefined && content !== undefined) !== (image !== undefined),
    },
  ],
);

/** A build of the packages that an app requires, or of the image of a release. @public */
export const buildKind = defineKind({
  kind: 'Build',
  plural: 'builds',
  shortNames: ['bwbuild'],
  scope: 'Namespaced',
  description:
    'A build of the packages that an app requires, or of the image of a release.',
  spec: buildSpec,
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
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
          'The OCI image by digest; absent if the runtime has all packages.',
        ),
      packages: z
        .array(builtPackage)
        .max(maxPackages)
        .optional()
        .describe('Python packages in the image.'),
      advisories: z
        .object({
          asOf: instantSchema.describe(
            'Time of the newest advisory in the database (RFC 3339).',
          ),
          count: z.int().min(0).describe('Number of advisories.'),
          found: z
            .array(advisory)
            .max(maxAdvisories)
            .describe('Advisories for the packages.'),
        })
        .optional()
        .describe(
          'Advisories for the packages; absent if the platform has no database.',
        ),
      bytes: z
        .int()
        .optional()
        .describe(
          'Size in bytes: of the packages, or of the compressed image.',
        ),
      log: text(8000, 'End of the log.').optional(),
      superseded: z
        .boolean()
        .optional()
        .describe('Whether neither the newest commit nor a release needs it.'),
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

/** Schema of the result of a build; long texts and lists are truncated. @public */
export const buildResultSchema = z.object({
  artifact: z.string().max(500).optional(),
  packages: z
    .array(
      z.object({ name: shown(200), version: shown(100), license: shown(500) }),
    )
    .transform(all => all.slice(0, maxPackages))
    .optional(),
  advisories: z
    .object({
      asOf: instantSchema,
      count: z.int().min(0),
      found: z
        .array(
          z.object({
            id: shown(100),
            package: shown(200),
            version: shown(100),
            severity: shown(200),
            summary: shown(200),
            fixed: shown(100),
          }),
        )
        .transform(all => all.slice(0, maxAdvisories)),
    })
    .optional(),
  bytes: z.int().optional(),
  problems: z
    .array(z.object({ line: z.int().min(0), message: shown(1900) }))
    .optional(),
  count: z.int().optional(),
  error: shown(1900).optional(),
});

/** Result of a build, as the function runtime prints it. @public */
export type BuildResult = z.output<typeof buildResultSchema>;

/** A build of the packages that an app requires, or of the image of a release. @public */
export type Build = ObjectOf<typeof buildKind>;
