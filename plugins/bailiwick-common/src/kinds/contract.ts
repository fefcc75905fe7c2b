import { z } from 'zod';
import { anyObject } from './schema/rules';
import { edmSchema, excelFormatSchema, text } from './schema/scalars';

const column = z.object({
  name: text(100, 'Name of the column.'),
  type: text(60, 'Vocabulary type, such as Symbol or Money.'),
  title: text(100, 'Column header.').optional(),
  description: text(500, 'Description of the values.').optional(),
  unit: text(40, 'Unit of its values.').optional(),
  edm: edmSchema.optional(),
  excel: excelFormatSchema.optional(),
  nullable: z.boolean().optional().describe('Whether values can be null.'),
  schema: anyObject().optional().describe('JSON Schema of one value.'),
});

const contractFunction = z.object({
  name: text(100, 'Name of the function.'),
  title: text(200, 'First line of its description.').optional(),
  description: text(4000, 'Description.').optional(),
  stored: z
    .boolean()
    .optional()
    .describe('Whether it returns the stored result of the last run.'),
  maxAgeSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe(
      'Maximum age of a cached result in seconds; absent if each call runs the function.',
    ),
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
  result: z
    .object({
      kind: z
        .enum(['table', 'value', 'stream'])
        .describe(
          'A table of rows and columns, a single value, or a stream of rows.',
        ),
      key: z
        .array(z.string())
        .max(10)
        .optional()
        .describe('Key columns of a table or stream.'),
      columns: z
        .array(column)
        .max(200)
        .optional()
        .describe('Columns of a table or stream.'),
      schema: anyObject().optional().describe('JSON Schema of a value.'),
    })
    .describe('Result of the function.'),
});

const tending = {
  name: text(100, 'Name of the function.'),
  title: text(200, 'Title.').optional(),
};

const contractCheck = z.object({
  ...tending,
  description: text(4000, 'Condition that the check verifies.').optional(),
  remedy: text(500, 'Remedy for a failure.').optional(),
});

const contractVerb = z.object({
  ...tending,
  description: text(4000, 'Description.').optional(),
  confirm: text(
    500,
    'Consequence for consumers; people confirm it before the action runs.',
  ).optional(),
  parameters: anyObject().describe('JSON Schema of the object of parameters.'),
});

/** Functions, health checks and custom actions of an app. @public */
export const contractSchema = z
  .object({
    functions: z
      .array(contractFunction)
      .max(100)
      .describe('Callable functions.'),
    checks: z
      .array(contractCheck)
      .max(20)
      .optional()
      .describe('Health checks of the app.'),
    verbs: z
      .array(contractVerb)
      .max(20)
      .optional()
      .describe('Custom actions of the app.'),
  })
  .describe("Parameters and results of the app's functions.");

/** Response of the runtime to `GET /checks`. @public */
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

/** Response of the runtime to `GET /checks`. @public */
export type OwnAnswers = z.output<typeof ownAnswersSchema>;

/** Response of the runtime to `GET /concurrency`, counted since the start of its process. @public */
export const slotUsageSchema = z.object({
  /** Number of calls and streams that can run at the same time. */
  slots: z.int().min(1),
  /** Number of calls and streams that are running. */
  held: z.int().min(0),
  /** Seconds for which slots were in use, summed over all slots. */
  heldSeconds: z.number().min(0),
  /** Number of calls and streams for which no slot was free. */
  refused: z.int().min(0),
  /** Age of the process in seconds. */
  seconds: z.number().min(0),
});

/** Response of the runtime to `GET /concurrency`. @public */
export type SlotUsage = z.output<typeof slotUsageSchema>;

const outputText = z.string().transform(one => one.slice(0, 5_000));
const count = z.int().min(0);

/** Outcomes of the tests in the code of an app, as the runtime reports them; the code can forge them. @public */
export const testReportSchema = z.object({
  passed: count,
  failed: count,
  skipped: count,
  /** Duration of all tests. */
  seconds: z.number(),
  failures: z
    .array(
      z.object({
        name: outputText,
        message: outputText,
        /** Place of the author's last line in the traceback. */
        file: outputText.optional(),
        line: z.int().optional(),
      }),
    )
    .max(50),
});

/** Response of a runtime that ran tests: the outcomes, or why there are none. @public */
export const testResponseSchema = z.object({
  tests: testReportSchema.optional(),
  problems: z
    .array(z.object({ file: outputText, line: z.int(), message: outputText }))
    .max(100)
    .optional(),
  error: z
    .object({ type: outputText.optional(), message: outputText })
    .optional(),
});

/** Response of a runtime that ran tests. @public */
export type TestResponse = z.output<typeof testResponseSchema>;

/** Outcomes of the tests in the code of an app. @public */
export type TestReport = z.output<typeof testReportSchema>;

/** Functions, health checks and custom actions of an app. @public */
export type Contract = z.output<typeof contractSchema>;
/** One function of a {@link Contract}. @public */
export type ContractFunction = Contract['functions'][number];
/** A health check of a {@link Contract}. @public */
export type ContractCheck = NonNullable<Contract['checks']>[number];
/** A custom action of a {@link Contract}. @public */
export type ContractVerb = NonNullable<Contract['verbs']>[number];
/** One column of a table result. @public */
export type ContractColumn = NonNullable<
  ContractFunction['result']['columns']
>[number];
