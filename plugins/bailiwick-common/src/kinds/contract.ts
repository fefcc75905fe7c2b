import { z } from 'zod';
import { anyObject } from './schema/rules';
import { edmSchema, excelFormatSchema, text } from './schema/scalars';

const column = z.object({
  name: text(100, 'Name of the column.'),
  type: text(60, 'Vocabulary type, such as Symbol or Money.'),
  title: text(100, 'Heading of the column.').optional(),
  description: text(500, 'What the column holds.').optional(),
  unit: text(40, 'Unit of its values.').optional(),
  edm: edmSchema.optional(),
  excel: excelFormatSchema.optional(),
  nullable: z.boolean().optional().describe('Whether values may be missing.'),
  schema: anyObject().optional().describe('JSON Schema of one value.'),
});

const contractFunction = z.object({
  name: text(100, 'Name of the function.'),
  title: text(200, 'First line of its description.').optional(),
  description: text(4000, 'What it does.').optional(),
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
  name: text(100, 'Name of the function.'),
  title: text(200, 'Short heading.').optional(),
};

const contractCheck = z.object({
  ...tending,
  description: text(4000, 'What ought to hold.').optional(),
  remedy: text(500, 'What to do when it does not hold.').optional(),
});

const contractVerb = z.object({
  ...tending,
  description: text(4000, 'What it does.').optional(),
  confirm: text(
    500,
    'What it means for readers; people confirm it first.',
  ).optional(),
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
