import {
  contractSchema,
  domainPackKind,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { z } from 'zod';

const compiled = domainPackKind.spec.shape;
const compiledArchetype = compiled.archetypes.element.shape;
const compiledRuntime = compiled.runtimes.element.shape;
/** A name in lower case with dashes. */
const labelSchema = compiledRuntime.name;
const compiledFunction = contractSchema.shape.functions.element.shape;
const compiledResult = compiledFunction.result.shape;

const vocabularyType = z.strictObject(compiled.vocabulary.element.shape);

const runtime = z.strictObject({
  ...compiledRuntime,
  limits: z
    .strictObject(compiledRuntime.limits.shape)
    .describe('What one pod and one call may use.'),
});

const { options: _options, ...sourceOfDataset } =
  compiled.datasets.unwrap().element.shape;
const dataset = z.strictObject({
  ...sourceOfDataset,
  file: z
    .string()
    .max(200)
    .regex(
      /^data\/[A-Za-z0-9_][A-Za-z0-9._-]*$/,
      'must be a file in the folder data, such as data/prices.csv',
    )
    .describe('Its file in the folder data of the pack.'),
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
        .array(dataset)
        .max(50)
        .default([])
        .describe('Data that comes with the pack.'),
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
      rows: z.int().min(0).optional().describe('How many rows come.'),
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

const column = z.strictObject(compiledResult.columns.unwrap().element.shape);

/** `archetypes/<name>/archetype.yaml`: one thing that people make with the pack. */
export const archetypeSchema = z.strictObject({
  title: compiledArchetype.title,
  description: compiledArchetype.description,
  shape: compiledArchetype.shape,
  runtime: compiledArchetype.runtime,
  minutes: compiledArchetype.minutes,
  datasets: z
    .array(labelSchema)
    .default([])
    .describe('Data sets of the pack that are copied into its apps.'),
  parameters: compiledArchetype.parameters,
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
                  .describe('Columns of a table.'),
              })
              .describe('What it gives.'),
          }),
        )
        .min(1)
        .max(100)
        .describe('Functions that every app of it has.'),
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
