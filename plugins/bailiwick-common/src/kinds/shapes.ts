import { z } from 'zod';
import {
  count,
  labelSchema,
  quantitySchema,
  text,
  titleSchema,
} from './schema/scalars';

const pythonName = z
  .string()
  .max(100)
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'must be the name of a Python function in lowercase letters, digits and "_"',
  );

const settingName = (what: string) =>
  z.string().min(1).max(60).optional().describe(what);

const storage = quantitySchema
  .default('1Gi')
  .describe('Size of the results volume; 1Gi by default.');

/** One field of a schedule: `*`, numbers, ranges, lists and steps of them. */
function field(value: string): string {
  const range = `(\\*|(${value})(-(${value}))?)(/[1-9][0-9]?)?`;
  return `${range}(,${range})*`;
}

const schedulePattern = new RegExp(
  `^${[
    field('[0-5]?[0-9]'),
    field('[01]?[0-9]|2[0-3]'),
    field('0?[1-9]|[12][0-9]|3[01]'),
    field('0?[1-9]|1[0-2]'),
    field('[0-7]'),
  ].join(' +')}$`,
);

/** A schedule of five fields (crontab(5)), in UTC: minute, hour, day, month, day of the week. @public */
export const scheduleSchema = z
  .string()
  .max(100)
  .regex(
    schedulePattern,
    'must be a schedule of five fields such as "15 6 * * *"',
  )
  .describe('Schedule of five fields in UTC, such as "15 6 * * *".');

const step = z.object({
  function: pythonName.describe('Function whose result is stored.'),
  needs: z
    .array(pythonName)
    .max(20)
    .optional()
    .describe('Steps that must succeed first.'),
});

/** Steps and schedule of apps of the shapes `job` and `dag`. */
export const runSchema = z
  .object({
    steps: z
      .array(step)
      .min(1)
      .max(20)
      .describe('Steps: one for a job, several for a dag.'),
    schedule: scheduleSchema.optional(),
    scheduleFrom: settingName(
      'Setting of the archetype that contains the schedule.',
    ),
    keep: count(
      1,
      100,
      'Number of runs whose results are stored; 10 by default.',
    ).default(10),
    seconds: count(
      1,
      86_400,
      'Timeout of a step in seconds; 600 by default.',
    ).default(600),
    storage,
  })
  .describe('Steps, schedule and stored results.');

const topic = z
  .string()
  .min(1)
  .max(200)
  .describe('Topic filter of MQTT, such as plant/#.');

/** Message consumption of apps of the shape `mqtt`. */
export const consumeSchema = z
  .object({
    function: pythonName.describe(
      'Function that turns messages into rows; rows replace rows with the same key.',
    ),
    connection: labelSchema.describe('Connection of the pack for the broker.'),
    topics: z
      .array(topic)
      .min(1)
      .max(20)
      .optional()
      .describe('Topics of the subscription.'),
    topicsFrom: settingName(
      'Setting of the archetype that contains a list of topics.',
    ),
    window: z
      .object({
        seconds: count(
          1,
          3600,
          'Maximum time to collect a batch, in seconds; 5 by default.',
        ).default(5),
        messages: count(
          1,
          100_000,
          'Maximum messages in a batch; 500 by default.',
        ).default(500),
      })
      .default({ seconds: 5, messages: 500 })
      .describe('Size of the batches passed to the function.'),
    storage,
  })
  .describe(
    'Subscription of a consumer, and the function that processes its messages.',
  );

/** Connections of apps to systems outside the cluster; the platform team configures addresses and secrets. */
export const packConnectionSchema = z.object({
  name: labelSchema.describe('Name used by archetypes and code.'),
  title: titleSchema,
  kind: z.enum(['mqtt', 'http', 'postgres']).describe('Protocol.'),
  description: text(500, 'Description of the data.').optional(),
});
