import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList } from './schema/rules';
import {
  count,
  digestSchema,
  edmSchema,
  excelFormatSchema,
  groupSchema,
  labelSchema,
  shownText,
  text,
  titleSchema,
  versionSchema,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { packagesSchema } from './packages';
import { readinessChecks } from './readinessChecks';
import { amountFields, containerResources } from './planResources';
import { consumeSchema, packConnectionSchema, runSchema } from './shapes';

const vocabularyType = z
  .object({
    name: z
      .string()
      .max(60)
      .regex(/^[A-Z][A-Za-z0-9]*$/, 'must be CamelCase')
      .describe('Name of the type, such as Symbol.'),
    description: text(500, 'Meaning of the type.').optional(),
    unit: text(40, 'Unit of its values.').optional(),
    edm: edmSchema.optional(),
    excel: excelFormatSchema.optional(),
    schema: anyObject().describe('JSON Schema of one value.'),
    examples: z
      .array(z.string().max(200))
      .max(20)
      .optional()
      .describe('Example values.'),
  })
  .describe(
    'A vocabulary type: one definition for validation, forms and columns.',
  );

const runtime = z.object({
  name: labelSchema.describe('Name used by archetypes.'),
  image: text(
    300,
    'Image reference; a bare name is resolved by the installation.',
  ),
  limits: z
    .object({
      ...amountFields(containerResources, 1, ({ description }) =>
        description.replace('that pods request', 'of one pod'),
      ),
      seconds: count(1, 3600, 'Timeout of one call, in seconds.'),
      rows: count(
        1,
        10_000_000,
        'Maximum rows of one result; 5,000,000 by default.',
      ).optional(),
      concurrency: count(
        1,
        1000,
        'Maximum concurrent calls and streams of one pod.',
      ),
      rowsPerSecond: count(
        1,
        10_000,
        'Maximum rows per second of one stream; 50 by default.',
      ).optional(),
      streamSeconds: count(
        1,
        86_400,
        'Maximum duration of a stream in seconds, after which the consumer reconnects; 3600 by default.',
      ).optional(),
    })
    .describe('Limits of one pod and one call.'),
});

const dataset = z.object({
  name: labelSchema.describe('Name used by archetypes.'),
  title: text(120, 'Display name.').optional(),
  file: text(200, 'Path of the file in the pack folder.'),
  key: z.array(z.string().max(60)).max(10).describe('Key columns.'),
  columns: z
    .array(
      z.object({
        name: z.string().min(1).max(60).describe('Column name in the header.'),
        type: z.string().max(60).describe('Vocabulary type of the cells.'),
        label: z
          .string()
          .min(1)
          .max(60)
          .optional()
          .describe('Column with the label of each value.'),
        nullable: z
          .boolean()
          .optional()
          .describe('Whether cells can be empty.'),
        references: z
          .object({
            dataset: labelSchema.describe('Data set of the pack.'),
            column: z
              .string()
              .min(1)
              .max(60)
              .describe('Column of the data set.'),
          })
          .optional()
          .describe(
            'Foreign key: column of a data set that contains every value of this column.',
          ),
      }),
    )
    .max(200)
    .optional()
    .describe('Columns by name, with the vocabulary types of their cells.'),
  licence: text(120, 'License and source of the data.'),
  options: z
    .record(z.string(), z.array(z.string().max(200)).max(1000))
    .optional()
    .describe('Distinct values of columns that forms offer, by column.'),
  optionsBy: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.record(z.string(), z.array(z.string().max(200)).max(1000)),
      ),
    )
    .optional()
    .describe(
      'Distinct values of columns by the values of another column: by column, other column and its value.',
    ),
  labels: z
    .record(z.string(), z.record(z.string(), z.string().max(200)))
    .optional()
    .describe('Labels of values, by column and value.'),
});

const file = z.object({
  path: text(300, "Path in the app's repository."),
  content: text(900_000, 'Text of the file.'),
  render: z
    .boolean()
    .default(false)
    .describe('Whether the content is a template.'),
});

const archetype = z.object({
  name: labelSchema.describe('Name of the archetype.'),
  title: titleSchema,
  description: text(1000, 'Description of the result.'),
  shape: z
    .enum(['function', 'stream', 'job', 'dag', 'mqtt', 'dashboard'])
    .describe('How the apps run: service, job or consumer.'),
  runtime: labelSchema.describe('Runtime of the pack.'),
  minutes: count(1, 1000, 'Minutes until the first result.'),
  parameters: anyObject().describe(
    'JSON Schema of the form shown at creation.',
  ),
  settings: anyObject()
    .optional()
    .describe('JSON Schema of the settings of each environment.'),
  connections: z
    .array(labelSchema)
    .max(20)
    .optional()
    .describe('Connections of the pack that apps use.'),
  run: runSchema.optional(),
  consume: consumeSchema.optional(),
  contract: anyObject().describe('Functions and the columns of their results.'),
  example: z
    .array(anyObject())
    .max(20)
    .optional()
    .describe('Sample rows of a result.'),
  files: z.array(file).max(200).describe('The code template.'),
});

const policy = z
  .object({
    rule: z
      .string()
      .min(1)
      .max(2000)
      .describe(
        'Condition over `app`, the spec of an app, that every app of the pack must meet (CEL).',
      ),
    message: z
      .string()
      .min(1)
      .max(300)
      .describe('Error message when an app does not meet the condition.'),
  })
  .describe('A condition that the API server enforces.');

const delivery = z
  .object({
    rest: z
      .boolean()
      .default(true)
      .describe('Whether to serve JSON over HTTP.'),
    csv: z
      .boolean()
      .default(true)
      .describe(
        'Whether to serve files for spreadsheets over HTTP: CSV (RFC 4180) and Excel.',
      ),
    soakMinutes: count(
      0,
      43_200,
      'Soak time: minutes that a release must be healthy in another environment before promotion to a protected one.',
    ).optional(),
  })
  .describe(
    'Allowed delivery formats, which an app can reduce, and the soak time of releases.',
  );

const quotas = z
  .object({
    appsPerTenant: count(
      1,
      1000,
      'Maximum apps of the pack per tenant.',
    ).optional(),
    callsPerMinute: count(
      1,
      1_000_000,
      'Maximum calls per minute of one app in one environment.',
    ).optional(),
  })
  .describe('Limits for tenants and apps.');

const journey = z
  .object({
    firstApp: labelSchema.describe('Recommended first archetype.'),
    readiness: z
      .array(z.enum(readinessChecks))
      .max(10)
      .optional()
      .describe('Checklist before consumers rely on an app.'),
  })
  .describe('Onboarding for people who are new to the domain.');

/** Colors that a pack can choose for the gallery; the portal has a light and a dark shade of each. @public */
export const packColours = [
  'blue',
  'teal',
  'green',
  'amber',
  'red',
  'purple',
  'grey',
] as const;

/** Largest icon of a pack, in bytes. @public */
export const maxIconBytes = 8192;

const presentation = z
  .object({
    icon: text(
      maxIconBytes,
      'Icon as SVG; the gallery draws its shape.',
    ).optional(),
    colour: z
      .enum(packColours)
      .optional()
      .describe('Color of the icon and charts; gray by default.'),
    summary: shownText(140)
      .optional()
      .describe('One sentence about the domain; the description by default.'),
  })
  .describe('How the gallery presents the domain.');

/** The compiled knowledge of a domain; written by `bailiwick pack apply`. @public */
export const domainPackKind = defineKind({
  kind: 'DomainPack',
  plural: 'domainpacks',
  shortNames: ['pack'],
  scope: 'Cluster',
  description:
    'The compiled knowledge of a domain: vocabulary, runtimes, data sets and archetypes.',
  spec: z
    .object({
      version: versionSchema,
      title: titleSchema.describe('Display name of the domain.'),
      description: text(1000, 'Description of the domain.'),
      owners: z
        .array(groupSchema)
        .min(1)
        .max(10)
        .describe('Groups that own the pack.'),
      vocabulary: keyedList(vocabularyType, 'name', 200).describe(
        'Vocabulary types of the domain.',
      ),
      runtimes: keyedList(runtime, 'name', 20).describe(
        'Runtime images of apps.',
      ),
      datasets: keyedList(dataset, 'name', 50)
        .default([])
        .describe('Data sets of the pack.'),
      connections: keyedList(packConnectionSchema, 'name', 20)
        .optional()
        .describe('External systems that apps can read.'),
      archetypes: keyedList(archetype, 'name', 50).describe(
        'Archetypes (app templates).',
      ),
      policies: z
        .array(policy)
        .max(20)
        .optional()
        .describe('Policies for all apps of the pack.'),
      delivery: delivery.optional(),
      quotas: quotas.optional(),
      packages: packagesSchema.optional(),
      journey: journey.optional(),
      presentation: presentation.optional(),
    })
    .describe('Contents of the pack.'),
  status: z
    .object({
      ...statusBase,
      digest: digestSchema
        .optional()
        .describe('Digest of the validated content.'),
    })
    .describe('Readiness of the pack.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Version', type: 'string', jsonPath: '.spec.version' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** The compiled knowledge of a domain. @public */
export type DomainPack = ObjectOf<typeof domainPackKind>;
/** Archetype of a {@link DomainPack}. @public */
export type Archetype = DomainPack['spec']['archetypes'][number];
/** Color of a pack in the gallery. @public */
export type PackColour = (typeof packColours)[number];
