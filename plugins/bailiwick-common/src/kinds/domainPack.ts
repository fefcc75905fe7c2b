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
  versionSchema,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { readinessChecks } from './readinessChecks';
import { amountFields, containerResources } from './resources';
import { consumeSchema, packConnectionSchema, runSchema } from './shapes';

const vocabularyType = z
  .object({
    name: z
      .string()
      .max(60)
      .regex(/^[A-Z][A-Za-z0-9]*$/, 'must be CamelCase')
      .describe('Name of the type, such as Symbol.'),
    description: text(500, 'What it means.').optional(),
    unit: text(40, 'Unit of its values.').optional(),
    edm: edmSchema.optional(),
    excel: excelFormatSchema.optional(),
    schema: anyObject().describe('JSON Schema of one value.'),
    examples: z
      .array(z.string().max(200))
      .max(20)
      .optional()
      .describe('Some values.'),
  })
  .describe(
    'A word of the domain: one definition for validation, forms and columns.',
  );

const runtime = z.object({
  name: labelSchema.describe('Name by which archetypes refer to it.'),
  image: text(300, 'Image reference; a bare name is resolved by the site.'),
  limits: z
    .object({
      ...amountFields(containerResources, 1, ({ description }) =>
        description.replace('that pods request', 'of one pod'),
      ),
      seconds: count(1, 3600, 'Longest run of one call.'),
      rows: count(1, 10_000_000, 'Most rows of one result.'),
      concurrency: count(1, 1000, 'Calls and streams at a time in one pod.'),
      rowsPerSecond: count(
        1,
        10_000,
        'Most rows a second of one stream; 50 when absent.',
      ).optional(),
      streamSeconds: count(
        1,
        86_400,
        'Longest stream, after which its reader connects again; 3600 when absent.',
      ).optional(),
    })
    .describe('What one pod and one call may use.'),
});

const dataset = z.object({
  name: labelSchema.describe('Name by which archetypes refer to it.'),
  title: text(120, 'What people call it.').optional(),
  file: text(200, 'Its file in the folder of the pack.'),
  key: z
    .array(z.string().max(60))
    .max(10)
    .describe('Columns that tell its rows apart.'),
  columns: z
    .array(
      z.object({
        name: z.string().min(1).max(60).describe('Name in the header.'),
        type: z.string().max(60).describe('Word that each cell has to fit.'),
        label: z
          .string()
          .min(1)
          .max(60)
          .optional()
          .describe('Column with what people call each value.'),
        nullable: z
          .boolean()
          .optional()
          .describe('Whether cells may be empty.'),
        references: z
          .object({
            dataset: labelSchema.describe('Data set of the pack.'),
            column: z.string().min(1).max(60).describe('Column of it.'),
          })
          .optional()
          .describe('Column of a data set that holds every value of this one.'),
      }),
    )
    .max(200)
    .optional()
    .describe('Columns by name, with the words that check their cells.'),
  licence: text(120, 'Licence of the data, and where it comes from.'),
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
    .describe('What people call the values of columns, by column and value.'),
});

const file = z.object({
  path: text(300, 'Path in the repository of the app.'),
  content: text(900_000, 'Text of the file.'),
  render: z
    .boolean()
    .default(false)
    .describe('Whether the content is a template.'),
});

const archetype = z.object({
  name: labelSchema.describe('Name of the archetype.'),
  title: shownText(80).describe('What people call it.'),
  description: text(1000, 'What comes out of it.'),
  shape: z
    .enum(['function', 'stream', 'job', 'dag', 'mqtt', 'dashboard'])
    .describe('How its apps run.'),
  runtime: labelSchema.describe('Runtime of the pack that its apps run on.'),
  minutes: count(1, 1000, 'Minutes until the first result.'),
  parameters: anyObject().describe(
    'JSON Schema of the form shown at creation.',
  ),
  settings: anyObject()
    .optional()
    .describe('JSON Schema of what each environment sets.'),
  connections: z
    .array(labelSchema)
    .max(20)
    .optional()
    .describe('Connections of the pack that its apps read.'),
  run: runSchema.optional(),
  consume: consumeSchema.optional(),
  contract: anyObject().describe('Functions and the columns of their results.'),
  example: z
    .array(anyObject())
    .max(20)
    .optional()
    .describe('Some rows of a result.'),
  files: z.array(file).max(200).describe('The code template.'),
});

const policy = z
  .object({
    rule: z
      .string()
      .min(1)
      .max(2000)
      .describe(
        'Condition over `app`, the spec of an app, that every app of the pack fulfils (CEL).',
      ),
    message: z
      .string()
      .min(1)
      .max(300)
      .describe('What somebody reads whose app does not.'),
  })
  .describe('A condition that the API server keeps.');

const delivery = z
  .object({
    rest: z.boolean().default(true).describe('Whether as JSON over HTTP.'),
    csv: z
      .boolean()
      .default(true)
      .describe('Whether as CSV (RFC 4180) over HTTP.'),
    soakMinutes: count(
      0,
      43_200,
      'Minutes that a release is healthy in one environment before it goes on to a protected one.',
    ).optional(),
  })
  .describe(
    'Ways in which results may go out, of which an app may have fewer; and how long code is tried.',
  );

const quotas = z
  .object({
    appsPerTenant: count(
      1,
      1000,
      'Most apps of the pack that a tenant has.',
    ).optional(),
    callsPerMinute: count(
      1,
      1_000_000,
      'Most calls a minute of one app in one environment.',
    ).optional(),
  })
  .describe('How much of the pack a tenant and an app may use.');

const journey = z
  .object({
    firstApp: labelSchema.describe(
      'Archetype that somebody without an app begins with.',
    ),
    readiness: z
      .array(z.enum(readinessChecks))
      .max(10)
      .optional()
      .describe('What an app needs before others rely on it.'),
  })
  .describe('The way of somebody who is new to the domain.');

/** The compiled knowledge of a domain; written by `bailiwick pack apply`. */
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
      title: shownText(80).describe('What people call the domain.'),
      description: text(1000, 'What the domain is about.'),
      owners: z
        .array(groupSchema)
        .min(1)
        .max(10)
        .describe('Groups that look after the pack.'),
      vocabulary: keyedList(vocabularyType, 'name', 200).describe(
        'Types of the domain.',
      ),
      runtimes: keyedList(runtime, 'name', 20).describe(
        'Images on which apps run.',
      ),
      datasets: keyedList(dataset, 'name', 50)
        .default([])
        .describe('Data that comes with the pack.'),
      connections: keyedList(packConnectionSchema, 'name', 20)
        .optional()
        .describe('What apps may read outside of the cluster.'),
      archetypes: keyedList(archetype, 'name', 50).describe(
        'Templates that apps are made from.',
      ),
      policies: z
        .array(policy)
        .max(20)
        .optional()
        .describe('What every app of the pack fulfils.'),
      delivery: delivery.optional(),
      quotas: quotas.optional(),
      journey: journey.optional(),
    })
    .describe('What the pack brings along.'),
  status: z
    .object({
      ...statusBase,
      digest: digestSchema
        .optional()
        .describe('Digest of the content that was checked.'),
    })
    .describe('Whether the pack can be used.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Version', type: 'string', jsonPath: '.spec.version' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** The compiled knowledge of a domain. */
export type DomainPack = ObjectOf<typeof domainPackKind>;
/** Archetype of a {@link DomainPack}. */
export type Archetype = DomainPack['spec']['archetypes'][number];
