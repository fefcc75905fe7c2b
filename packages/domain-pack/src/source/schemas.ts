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
  // Editors offer the keywords; lint says which of them a type has.
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
        .describe('Regular expression of the whole text.'),
      enum: z.unknown().optional().describe('Texts to choose from.'),
      minimum: z.unknown().optional().describe('Smallest number.'),
      maximum: z.unknown().optional().describe('Largest number.'),
      checksum: z
        .unknown()
        .optional()
        .describe(`Rule of the check digit: ${checksumNames.join(', ')}.`),
    })
    .describe('JSON Schema of one value.'),
  examples: z
    .array(
      z.union([z.string().max(200), z.number(), z.boolean()]).transform(String),
    )
    .max(20)
    .optional()
    .describe('Some values.'),
});

const runtime = z.strictObject({
  ...compiledRuntime,
  limits: z
    .strictObject(compiledRuntime.limits.shape)
    .describe('What one pod and one call may use.'),
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
    .describe('Columns by name, with the words that check their cells.'),
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
    .describe('Licence of the data, and where it comes from.'),
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
        .describe('Name of the pack, such as the domain in one word.'),
    })
    .describe('The name of the pack.'),
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
        .describe('Images on which apps run.'),
      datasets: z
        .array(datasetSchema)
        .max(50)
        .default([])
        .describe('Data that comes with the pack.'),
      connections: z
        .array(z.strictObject(compiled.connections.unwrap().element.shape))
        .max(20)
        .optional()
        .describe('What apps may read outside of the cluster.'),
      policies: z
        .array(z.strictObject(compiled.policies.unwrap().element.shape))
        .max(20)
        .optional()
        .describe('What every app of the pack fulfils.'),
      delivery: z
        .strictObject(compiled.delivery.unwrap().shape)
        .optional()
        .describe('Ways in which results may go out; an app may have fewer.'),
      quotas: z
        .strictObject(compiled.quotas.unwrap().shape)
        .optional()
        .describe('How much of the pack a tenant and an app may use.'),
      journey: z
        .strictObject(compiled.journey.unwrap().shape)
        .optional()
        .describe('First steps of a new user of the domain.'),
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
              'SVG file beside pack.yaml, such as icon.svg; the gallery draws its shape in the colour of the pack.',
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
    .describe('What the pack brings along.'),
});

const answers = z
  .record(z.string(), z.unknown())
  .describe('Answers of the form; what the form proposes when left out.');

const test = z.strictObject({
  name: z.string().max(120).optional().describe('What it shows.'),
  answers: answers.optional(),
  call: z
    .strictObject({
      function: z.string().max(100).describe('Function of the contract.'),
      parameters: z
        .record(z.string(), z.unknown())
        .default({})
        .describe('Parameters of the call.'),
    })
    .describe('What is called.'),
  expect: z
    .strictObject({
      rows: z
        .int()
        .min(0)
        .optional()
        .describe('How many rows come; of a stream 100 at the most.'),
      columns: z
        .array(z.string())
        .optional()
        .describe('Names of the columns, in their order.'),
      first: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Fields of the first row.'),
      value: z
        .unknown()
        .optional()
        .describe('The value, of a function that gives one.'),
      error: z
        .string()
        .max(60)
        .optional()
        .describe('Type of the error, such as invalid-parameter.'),
    })
    .describe('What comes back.'),
});

const {
  // The word of a column says them.
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
    .describe('How its apps run.'),
  runtime: compiledArchetype.runtime,
  minutes: compiledArchetype.minutes,
  datasets: z
    .array(labelSchema)
    .default([])
    .describe('Data sets of the pack that are copied into its apps.'),
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
    .describe('Python files of the folder shared that its apps get, too.'),
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
        .describe('What runs: one step of a job, several of a dag.'),
    })
    .optional()
    .describe('What runs, when, and how much of it is kept.'),
  consume: z
    .strictObject(compiledArchetype.consume.unwrap().shape)
    .optional()
    .describe('Which messages an app takes, and what becomes of them.'),
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
              .describe('What it gives.'),
          }),
        )
        .min(1)
        .max(100)
        .describe('Functions that every app of it has.'),
      checks: tended.describe('Checks of their own health that they have.'),
      verbs: tended.describe('What people can do with them while they run.'),
    })
    .describe('What every app of it promises to its readers.'),
  example: compiledArchetype.example,
  tests: z
    .array(test)
    .min(1)
    .max(50)
    .describe('Calls with what they give; bailiwick pack test makes them.'),
});

/** `pack.yaml` as it was read. */
export type PackSource = z.output<typeof packSchema>;
/** `archetype.yaml` as it was read. */
export type ArchetypeSource = z.output<typeof archetypeSchema>;
