import { z } from 'zod';
import { anyObject } from '../schema/rules';

const column = z.object({
  name: z.string().max(100),
  type: z
    .string()
    .max(60)
    .describe('Vocabulary type, such as Symbol or Money.'),
  title: z.string().max(100).optional(),
  description: z.string().max(500).optional(),
  unit: z.string().max(40).optional(),
  nullable: z.boolean().optional(),
  schema: anyObject().optional().describe('JSON Schema of one value.'),
});

const contractFunction = z.object({
  name: z.string().max(100),
  title: z.string().max(200).optional(),
  description: z.string().max(4000).optional(),
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
  result: z.object({
    kind: z.enum(['table', 'value']),
    key: z.array(z.string()).max(10).optional(),
    columns: z.array(column).max(200).optional(),
    schema: anyObject().optional().describe('JSON Schema of a value.'),
  }),
});

/** What an app's functions take and give. */
export const contractSchema = z
  .object({ functions: z.array(contractFunction).max(100) })
  .describe('What the functions of the app take and give.');

/** What an app's functions take and give. */
export type Contract = z.output<typeof contractSchema>;
/** One function of a {@link Contract}. */
export type ContractFunction = Contract['functions'][number];
/** One column of a table result. */
export type ContractColumn = NonNullable<
  ContractFunction['result']['columns']
>[number];
