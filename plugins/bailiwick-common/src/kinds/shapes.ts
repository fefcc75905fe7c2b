import { z } from 'zod';
import {
  count,
  labelSchema,
  quantitySchema,
  shownText,
  text,
} from './schema/scalars';

const pythonName = z
  .string()
  .max(100)
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'must be the name of a Python function in lower case letters, digits and "_"',
  );

const settingName = (what: string) =>
  z.string().min(1).max(60).optional().describe(what);

const storage = quantitySchema
  .default('1Gi')
  .describe('Size of the volume for results; 1Gi when absent.');

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

/** A schedule of five fields (crontab(5)), in UTC: minute, hour, day, month, day of the week. */
export const scheduleSchema = z
  .string()
  .max(100)
  .regex(
    schedulePattern,
    'must be a schedule of five fields such as "15 6 * * *"',
  )
  .describe('Schedule of five fields in UTC, such as "15 6 * * *".');

const step = z.object({
  function: pythonName.describe('Function whose result is kept.'),
  needs: z
    .array(pythonName)
    .max(20)
    .optional()
    .describe('Steps that end well before it begins.'),
});

/** How apps of the shapes `job` and `dag` run. */
export const runSchema = z
  .object({
    steps: z
      .array(step)
      .min(1)
      .max(20)
      .describe('What runs: one step of a job, several of a dag.'),
    schedule: scheduleSchema.optional(),
    scheduleFrom: settingName('Setting of the archetype that says when.'),
    keep: count(1, 100, 'Runs whose results are kept; 10 when absent.').default(
      10,
    ),
    seconds: count(
      1,
      86_400,
      'Longest run of a step; 600 when absent.',
    ).default(600),
    storage,
  })
  .describe('What runs, when, and how much of it is kept.');

const topic = z
  .string()
  .min(1)
  .max(200)
  .describe('Topic filter of MQTT, such as plant/#.');

/** How apps of the shape `mqtt` take messages. */
export const consumeSchema = z
  .object({
    function: pythonName.describe(
      'Function that takes messages and gives rows; they replace those of the same key.',
    ),
    connection: labelSchema.describe('Connection of the pack to the broker.'),
    topics: z
      .array(topic)
      .min(1)
      .max(20)
      .optional()
      .describe('What it subscribes to.'),
    topicsFrom: settingName('Setting of the archetype with a list of topics.'),
    window: z
      .object({
        seconds: count(
          1,
          3600,
          'Longest time that messages are gathered; 5 when absent.',
        ).default(5),
        messages: count(
          1,
          100_000,
          'Most messages that are gathered; 500 when absent.',
        ).default(500),
      })
      .default({ seconds: 5, messages: 500 })
      .describe('Messages that the function gets at once.'),
    storage,
  })
  .describe('Which messages an app takes, and what becomes of them.');

/** What apps may read outside of the cluster; where it is and the secrets are told by the platform team. */
export const packConnectionSchema = z.object({
  name: labelSchema.describe('Name by which archetypes and code refer to it.'),
  title: shownText(80).describe('What people call it.'),
  kind: z
    .enum(['mqtt', 'http', 'postgres'])
    .describe('What is spoken with it.'),
  description: text(500, 'What comes from there.').optional(),
});
