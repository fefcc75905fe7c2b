import { z } from 'zod';
import { anyObject } from './schema/rules';
import { edmSchema, excelFormatSchema } from './schema/scalars';

const column = z.object({
  name: z.string().max(100).describe('Name of the column.'),
  type: z
    .string()
    .max(60)
    .describe('Vocabulary type, such as Symbol or Money.'),
  title: z.string().max(100).optional().describe('Heading of the column.'),
  description: z
    .string()
    .max(500)
    .optional()
    .describe('What the column holds.'),
  unit: z.string().max(40).optional().describe('Unit of its values.'),
  edm: edmSchema.optional(),
  excel: excelFormatSchema.optional(),
  nullable: z.boolean().optional().describe('Whether values may be missing.'),
  schema: anyObject().optional().describe('JSON Schema of one value.'),
});

const contractFunction = z.object({
  name: z.string().max(100).describe('Name of the function.'),
  title: z
    .string()
    .max(200)
    .optional()
    .describe('First line of its description.'),
  description: z.string().max(4000).optional().describe('What it does.'),
  stored: z
    .boolean()
    .optional()
    .describe('Whether it gives what was kept of the last run.'),
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
  result: z
    .object({
      kind: z
        .enum(['table', 'value', 'stream'])
        .describe(
          'Rows with columns, a single value, or rows that come one after another.',
        ),
      key: z
        .array(z.string())
        .max(10)
        .optional()
        .describe('Columns that tell the rows of a table or stream apart.'),
      columns: z
        .array(column)
        .max(200)
        .optional()
        .describe('Columns of a table or stream.'),
      schema: anyObject().optional().describe('JSON Schema of a value.'),
    })
    .describe('What it gives.'),
});

const tending = {
  name: z.string().max(100).describe('Name of the function.'),
  title: z.string().max(200).optional().describe('Short heading.'),
};

const contractCheck = z.object({
  ...tending,
  description: z.string().max(4000).optional().describe('What ought to hold.'),
  remedy: z
    .string()
    .max(500)
    .optional()
    .describe('What to do when it does not hold.'),
});

const contractVerb = z.object({
  ...tending,
  description: z.string().max(4000).optional().describe('What it does.'),
  confirm: z
    .string()
    .max(500)
    .optional()
    .describe('What it means for readers; people confirm it first.'),
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
});

/** What an app's functions take and give. */
export const contractSchema = z
  .object({
    functions: z
      .array(contractFunction)
      .max(100)
      .describe('Functions that can be called.'),
    checks: z
      .array(contractCheck)
      .max(20)
      .optional()
      .describe('What the app says of its own health.'),
    verbs: z
      .array(contractVerb)
      .max(20)
      .optional()
      .describe('What people can do with the running app.'),
  })
  .describe('What the functions of the app take and give.');

/** What the runtime answers to `GET /checks`. */
export const ownAnswersSchema = z.object({
  checks: z
    .array(
      z.object({
        name: z.string(),
        state: z.enum(['passed', 'failed', 'unknown']),
        message: z.string(),
      }),
    )
    .max(20),
});

/** What the runtime answers to `GET /checks`. */
export type OwnAnswers = z.output<typeof ownAnswersSchema>;

/** What an app's functions take and give. */
export type Contract = z.output<typeof contractSchema>;
/** One function of a {@link Contract}. */
export type ContractFunction = Contract['functions'][number];
/** One check of a {@link Contract}. */
export type ContractCheck = NonNullable<Contract['checks']>[number];
/** One verb of a {@link Contract}. */
export type ContractVerb = NonNullable<Contract['verbs']>[number];
/** One column of a table result. */
export type ContractColumn = NonNullable<
  ContractFunction['result']['columns']
>[number];
