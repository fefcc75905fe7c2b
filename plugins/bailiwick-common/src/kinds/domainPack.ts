import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList } from './schema/rules';
import {
  digestSchema,
  edmSchema,
  excelFormatSchema,
  groupSchema,
  labelSchema,
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
    description: z.string().max(500).optional().describe('What it means.'),
    unit: z.string().max(40).optional().describe('Unit of its values.'),
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
  image: z
    .string()
    .max(300)
    .describe('Image reference; a bare name is resolved by the site.'),
  limits: z
    .object({
      ...amountFields(containerResources, 1, ({ description }) =>
        description.replace('that pods request', 'of one pod'),
      ),
      seconds: z.int().min(1).max(3600).describe('Longest run of one call.'),
      rows: z.int().min(1).max(10_000_000).describe('Most rows of one result.'),
      concurrency: z
        .int()
        .min(1)
        .max(1000)
        .describe('Calls and streams at a time in one pod.'),
      rowsPerSecond: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe('Most rows a second of one stream; 50 when absent.'),
      streamSeconds: z
        .int()
        .min(1)
        .max(86_400)
        .optional()
        .describe(
          'Longest stream, after which its reader connects again; 3600 when absent.',
        ),
    })
    .describe('What one pod and one call may use.'),
});

const dataset = z.object({
  name: labelSchema.describe('Name by which archetypes refer to it.'),
  title: z.string().max(120).optional().describe('What people call it.'),
  file: z.string().max(200).describe('Its file in the folder of the pack.'),
  key: z
    .array(z.string().max(60))
    .max(10)
    .describe('Columns that tell its rows apart.'),
  licence: z
    .string()
    .max(120)
    .describe('Licence of the data, and where it comes from.'),
  options: z
    .record(z.string(), z.array(z.string().max(200)).max(1000))
    .optional()
    .describe('Distinct values of columns that forms offer, by column.'),
});

const file = z.object({
  path: z.string().max(300).describe('Path in the repository of the app.'),
  content: z.string().max(900_000).describe('Text of the file.'),
  render: z
    .boolean()
    .default(false)
    .describe('Whether the content is a template.'),
});

const archetype = z.object({
  name: labelSchema.describe('Name of the archetype.'),
  title: z.string().min(1).max(80).describe('What people call it.'),
  description: z.string().max(1000).describe('What comes out of it.'),
  shape: z
    .enum(['function', 'stream', 'job', 'dag', 'mqtt', 'dashboard'])
    .describe('How its apps run.'),
  runtime: labelSchema.describe('Runtime of the pack that its apps run on.'),
  minutes: z.int().min(1).max(1000).describe('Minutes until the first result.'),
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
    soakMinutes: z
      .int()
      .min(0)
      .max(43_200)
      .optional()
      .describe(
        'Minutes that a release is healthy in one environment before it goes on to a protected one.',
      ),
  })
  .describe(
    'Ways in which results may go out, of which an app may have fewer; and how long code is tried.',
  );

const quotas = z
  .object({
    appsPerTenant: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe('Most apps of the pack that a tenant has.'),
    callsPerMinute: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('Most calls a minute of one app in one environment.'),
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
      title: z.string().min(1).max(80).describe('What people call the domain.'),
      description: z.string().max(1000).describe('What the domain is about.'),
      owners: z
        .array(groupSchema)
        .min(1)
        .max(10)
        .describe('Groups that look after the pack.'),
      vocabulary: keyedList(vocabularyType, ['name'], 200).describe(
        'Types of the domain.',
      ),
      runtimes: keyedList(runtime, ['name'], 20).describe(
        'Images on which apps run.',
      ),
      datasets: keyedList(dataset, ['name'], 50)
        .default([])
        .describe('Data that comes with the pack.'),
      connections: keyedList(packConnectionSchema, ['name'], 20)
        .optional()
        .describe('What apps may read outside of the cluster.'),
      archetypes: keyedList(archetype, ['name'], 50).describe(
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
  rules: [],
});

/** The compiled knowledge of a domain. */
export type DomainPack = ObjectOf<typeof domainPackKind>;
/** Archetype of a {@link DomainPack}. */
export type Archetype = DomainPack['spec']['archetypes'][number];
