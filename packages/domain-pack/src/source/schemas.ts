import {
  contractSchema,
  domainPackKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  checksumNames,
  formatNames,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';

const compiled = domainPackKind.spec.shape;
const compiledArchetype = compiled.archetypes.element.shape;
const compiledRun = compiledArchetype.run.unwrap().shape;
const compiledPresentation = compiled.presentation.unwrap().shape;
const compiledRuntime = compiled.runtimes.element.shape;
/** A name in lower case with dashes. */
const labelSchema = compiledRuntime.name;
const compiledFunction = contractSchema.shape.functions.element.shape;
const compiledResult = compiledFunction.result.shape;

const tended = z.array(compiledFunction.name).max(20).optional();

const vocabularyType = z.strictObject({
  ...compiled.vocabulary.element.shape,
  // Editors offer the keywords; lint reports which of them a type has.
  schema: z
    .looseObject({
      type: z
        .unknown()
        .optional()
        .describe('string, number, integer or boolean.'),
      format: z
        .unknown()
        .optional()
        .describe(`date, date-time, ${formatNames.join(', ')}.`),
      pattern: z
        .unknown()
        .optional()
        .describe('Regular expression that the whole string must match.'),
      enum: z.unknown().optional().describe('Allowed strings.'),
      minimum: z.unknown().optional().describe('Minimum (inclusive).'),
      maximum: z.unknown().optional().describe('Maximum (inclusive).'),
      checksum: z
        .unknown()
        .optional()
        .describe(`Check-digit algorithm: ${checksumNames.join(', ')}.`),
    })
    .describe('JSON Schema of one value.'),
  examples: z
    .array(
      z.union([z.string().max(200), z.number(), z.boolean()]).transform(String),
    )
    .max(20)
    .optional()
    .describe('Examples.'),
});

const runtime = z.strictObject({
  ...compiledRuntime,
  limits: z
    .strictObject(compiledRuntime.limits.shape)
    .describe('Limits per pod and per call.'),
});

const {
  options: _options,
  optionsBy: _optionsBy,
  labels: _labels,
  ...sourceOfDataset
} = compiled.datasets.unwrap().element.shape;
const compiledColumn = sourceOfDataset.columns.unwrap().element.shape;
/** A data set of `pack.yaml`. */
export const datasetSchema = z.strictObject({
  ...sourceOfDataset,
  columns: z
    .array(
      z.strictObject({
        ...compiledColumn,
        references: z
          .strictObject(compiledColumn.references.unwrap().shape)
          .optional()
          .describe('Column of a data set that holds every value of this one.'),
      }),
    )
    .max(200)
    .optional()
    .describe(
      'Columns by name, with the vocabulary types that validate their cells.',
    ),
  file: z
    .string()
    .max(200)
    .regex(
      /^data\/[A-Za-z0-9_][A-Za-z0-9._-]*$/,
      'must be a file in the folder data, such as data/prices.csv',
    )
    .describe(
      'A file in the folder data of the pack, such as data/prices.csv.',
    ),
  licence: z
    .string()
    .min(1)
    .max(120)
    .describe('License and origin of the data.'),
});

/** `pack.yaml`: everything of a pack but its archetypes. */
export const packSchema = z.strictObject({
  apiVersion: z
    .literal(domainPackKind.apiVersion)
    .describe(`Version of the format, ${domainPackKind.apiVersion}.`),
  kind: z.literal(domainPackKind.kind).describe('DomainPack.'),
  metadata: z
    .strictObject({
      name: labelSchema
        .max(40)
        .describe('Name of the pack, for example the domain in one word.'),
    })
    .describe('Name of the pack.'),
  spec: z
    .strictObject({
      version: compiled.version,
      title: compiled.title,
      description: compiled.description,
      owners: compiled.owners,
      vocabulary: z
        .array(vocabularyType)
        .max(200)
        .describe('Types of the domain.'),
      runtimes: z
        .array(runtime)
        .min(1)
        .max(20)
        .describe('Images that apps run on.'),
      datasets: z
        .array(datasetSchema)
        .max(50)
        .default([])
        .describe('Data sets included in the pack.'),
      connections: z
        .array(z.strictObject(compiled.connections.unwrap().element.shape))
        .max(20)
        .optional()
        .describe('External systems that apps may read from.'),
      policies: z
        .array(z.strictObject(compiled.policies.unwrap().element.shape))
        .max(20)
        .optional()
        .describe('Rules that each app of the pack must satisfy.'),
      delivery: z
        .strictObject(compiled.delivery.unwrap().shape)
        .optional()
        .describe('Ways to deliver results; an app may use fewer.'),
      quotas: z
        .strictObject(compiled.quotas.unwrap().shape)
        .optional()
        .describe('Limits of the pack per tenant and per app.'),
      packages: z
        .strictObject(compiled.packages.unwrap().shape)
        .optional()
        .describe(
          'Python packages that apps can install besides those of the runtime.',
        ),
      journey: z
        .strictObject(compiled.journey.unwrap().shape)
        .optional()
        .describe('First steps for new users of the domain.'),
      presentation: z
        .strictObject({
          ...compiledPresentation,
          icon: z
            .string()
            .max(104)
            .regex(
              /^[A-Za-z0-9_][A-Za-z0-9._-]*\.svg$/,
              'must be an SVG file beside pack.yaml, such as icon.svg',
            )
            .optional()
            .describe(
              'SVG file beside pack.yaml, such as icon.svg; the gallery draws its shape in the color of the pack.',
            ),
        })
        .optional()
        .describe('How the gallery presents the domain.'),
      archetypes: z
        .array(labelSchema)
        .min(1)
        .max(50)
        .describe(
          'Folders below archetypes/, in the order in which the gallery shows them.',
        ),
    })
    .describe('Content of the pack.'),
});

const answers = z
  .record(z.string(), z.unknown())
  .describe('Form answers; the defaults of the form if omitted.');

const test = z.strictObject({
  name: z.string().max(120).optional().describe('What the test shows.'),
  answers: answers.optional(),
  call: z
    .strictObject({
      function: z.string().max(100).describe('Function of the contract.'),
      parameters: z
        .record(z.string(), z.unknown())
        .default({})
        .describe('Parameters of the call.'),
    })
    .describe('Call to make.'),
  expect: z
    .strictObject({
      rows: z
        .int()
        .min(0)
        .optional()
        .describe('Number of rows; at most 100 of a stream.'),
      columns: z
        .array(z.string())
        .optional()
        .describe('Column names in order.'),
      first: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Fields of the first row.'),
      value: z
        .unknown()
        .optional()
        .describe('Value, for a function that returns one.'),
      error: z
        .string()
        .max(60)
        .optional()
        .describe('Type of the error, such as invalid-parameter.'),
    })
    .describe('Expected result.'),
});

const {
  // The word of a column defines them.
  edm: _edm,
  excel: _excel,
  ...promised
} = compiledResult.columns.unwrap().element.shape;
const column = z.strictObject(promised);

/** `archetypes/<name>/archetype.yaml`: one thing that people make with the pack. */
export const archetypeSchema = z.strictObject({
  title: compiledArchetype.title,
  description: compiledArchetype.description,
  // Installed packs may name a shape that does not run yet.
  shape: compiledArchetype.shape
    .exclude(['dashboard'])
    .describe('How apps run.'),
  runtime: compiledArchetype.runtime,
  minutes: compiledArchetype.minutes,
  datasets: z
    .array(labelSchema)
    .default([])
    .describe('Data sets of the pack to copy into apps.'),
  shared: z
    .array(
      z
        .string()
        .max(100)
        .regex(
          /^[a-z][a-z0-9_]*\.py$/,
          'must be a Python file of the folder shared, such as tables.py',
        ),
    )
    .max(20)
    .default([])
    .describe('Python files of the folder shared to copy into apps.'),
  parameters: compiledArchetype.parameters,
  settings: compiledArchetype.settings,
  connections: compiledArchetype.connections,
  run: z
    .strictObject({
      ...compiledRun,
      steps: z
        .array(z.strictObject(compiledRun.steps.element.shape))
        .min(1)
        .max(20)
        .describe('Steps to run: one for a job, several for a dag.'),
    })
    .optional()
    .describe('Steps, schedule and retention of runs.'),
  consume: z
    .strictObject(compiledArchetype.consume.unwrap().shape)
    .optional()
    .describe(
      'Messages that an app consumes, and the function that receives them.',
    ),
  contract: z
    .strictObject({
      functions: z
        .array(
          z.strictObject({
            name: compiledFunction.name,
            result: z
              .strictObject({
                ...compiledResult,
                columns: z
                  .array(column)
                  .max(200)
                  .optional()
                  .describe('Columns of a table or stream.'),
              })
              .describe('Result of the function.'),
          }),
        )
        .min(1)
        .max(100)
        .describe('Functions that each app has.'),
      checks: tended.describe('Health checks that each app has.'),
      verbs: tended.describe('Custom actions of running apps.'),
    })
    .describe('Contract that each app promises to its readers.'),
  example: compiledArchetype.example,
  tests: z
    .array(test)
    .min(1)
    .max(50)
    .describe('Test calls with expected results, run by bailiwick pack test.'),
});

/** `pack.yaml` as it was read. */
export type PackManifest = z.output<typeof packSchema>;
/** `archetype.yaml` as it was read. */
export type ArchetypeManifest = z.output<typeof archetypeSchema>;
