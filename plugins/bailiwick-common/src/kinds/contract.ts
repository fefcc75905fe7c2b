import { z } from 'zod';
import { anyObject } from '../schema/rules';

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
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
  result: z
    .object({
      kind: z
        .enum(['table', 'value'])
        .describe('Rows with columns, or a single value.'),
      key: z
        .array(z.string())
        .max(10)
        .optional()
        .describe('Columns that tell the rows of a table apart.'),
      columns: z
        .array(column)
        .max(200)
        .optional()
        .describe('Columns of a table.'),
      schema: anyObject().optional().describe('JSON Schema of a value.'),
    })
    .describe('What it gives.'),
});

/** What an app's functions take and give. */
export const contractSchema = z
  .object({
    functions: z
      .array(contractFunction)
      .max(100)
      .describe('Functions that can be called.'),
  })
  .describe('What the functions of the app take and give.');

/** What an app's functions take and give. */
export type Contract = z.output<typeof contractSchema>;
/** One function of a {@link Contract}. */
export type ContractFunction = Contract['functions'][number];
/** One column of a table result. */
export type ContractColumn = NonNullable<
  ContractFunction['result']['columns']
>[number];
