import { replace, type Mistake } from './Mistake';

type Files = Record<string, string>;

const file = 'archetypes/loans/archetype.yaml';

/** An archetype of another shape, whose block stands on the line after the third. */
function shaped(shape: string, block: string, pack = '') {
  return (files: Files): Files => {
    const shapes = replace(
      file,
      'shape: function',
      `shape: ${shape}\n${block}`,
    );
    return pack
      ? replace(
          'pack.yaml',
          '  datasets:\n',
          `${pack}\n  datasets:\n`,
        )(shapes(files))
      : shapes(files);
  };
}

const settings = (properties: string) =>
  `settings: { type: object, properties: { ${properties} } }`;
const hourly = "schedule: '0 * * * *'";
const broker =
  '  connections: [{ name: broker, title: Broker, kind: mqtt }, { name: books, title: Books, kind: postgres }]';
const consume = (rest: string, connections = '[broker]') =>
  shaped('mqtt', `connections: ${connections}\nconsume: ${rest}`, broker);

/** What can be wrong with what runs on its own: jobs, dags, consumers, settings and connections. */
export const runMistakes: Mistake[] = [
  {
    name: 'a job that says nothing of what runs',
    change: replace(file, 'shape: function', 'shape: job'),
    file,
    line: 3,
    what: /"job" says nothing of what happens: there is no run/,
    remedy: /Write run: with the steps/,
  },
  {
    name: 'a run in an app of functions',
    change: shaped(
      'function',
      `run: { ${hourly}, steps: [{ function: loans }] }`,
    ),
    file,
    line: 4,
    what: /shape "function" has no run/,
    remedy: /Leave run out/,
  },
  {
    name: 'a job of two steps',
    change: shaped(
      'job',
      `run: { ${hourly}, steps: [{ function: loans }, { function: total }] }`,
    ),
    file,
    line: 4,
    what: /A job has one step, and this one has 2/,
    remedy: /write shape: dag/,
  },
  {
    name: 'a job without a schedule',
    change: shaped('job', 'run: { steps: [{ function: loans }] }'),
    file,
    line: 4,
    what: /not clear when the job runs/,
    remedy: /scheduleFrom/,
  },
  {
    name: 'a schedule that is none',
    change: shaped(
      'job',
      'run: { schedule: every hour, steps: [{ function: loans }] }',
    ),
    file,
    line: 4,
    what: /must be a schedule of five fields/,
    remedy: /./,
  },
  {
    name: 'a schedule from a setting that is not there',
    change: shaped(
      'job',
      'run: { scheduleFrom: when, steps: [{ function: loans }] }',
    ),
    file,
    line: 4,
    what: /There is no setting "when"/,
    remedy: /./,
  },
  {
    name: 'a schedule from a setting that is no schedule',
    change: shaped(
      'job',
      `run: { scheduleFrom: when, steps: [{ function: loans }] }\n${settings(
        'when: { type: string, default: noon }',
      )}`,
    ),
    file,
    line: 4,
    what: /The default of the setting when is no schedule/,
    remedy: /five fields/,
  },
  {
    name: 'a dag of one step',
    change: shaped('dag', 'run: { steps: [{ function: loans }] }'),
    file,
    line: 4,
    what: /A dag has two steps or more/,
    remedy: /shape: job/,
  },
  {
    name: 'a dag with a schedule',
    change: shaped(
      'dag',
      `run: { ${hourly}, steps: [{ function: loans }, { function: total }] }`,
    ),
    file,
    line: 4,
    what: /not by a schedule/,
    remedy: /Leave the schedule out/,
  },
  {
    name: 'a step twice',
    change: shaped(
      'dag',
      'run: { steps: [{ function: loans }, { function: loans }] }',
    ),
    file,
    line: 4,
    what: /"loans" is a step twice/,
    remedy: /Leave one of them out/,
  },
  {
    name: 'a step that the contract does not have',
    change: shaped(
      'dag',
      'run: { steps: [{ function: loans }, { function: lend }] }',
    ),
    file,
    line: 4,
    what: /no function "lend" that could be a step/,
    remedy: /loans, total/,
  },
  {
    name: 'a need that is no step',
    change: shaped(
      'dag',
      'run: { steps: [{ function: loans }, { function: total, needs: [lend] }] }',
    ),
    file,
    line: 4,
    what: /needs "lend", which is no step/,
    remedy: /loans, total/,
  },
  {
    name: 'steps that wait for each other',
    change: shaped(
      'dag',
      'run: { steps: [{ function: loans, needs: [total] }, { function: total, needs: [loans] }] }',
    ),
    file,
    line: 4,
    what: /can never begin/,
    remedy: /Take one of the needs away/,
  },
  {
    name: 'a connection that the pack does not have',
    change: shaped('function', 'connections: [broker]'),
    file,
    line: 4,
    what: /The pack has no connection "broker"/,
    remedy: /define it in pack.yaml/,
  },
  {
    name: 'two connections of one name',
    change: replace(
      'pack.yaml',
      '  datasets:\n',
      '  connections: [{ name: a, title: A, kind: http }, { name: a, title: B, kind: http }]\n  datasets:\n',
    ),
    file: 'pack.yaml',
    line: 25,
    what: /spec\.connections has "a" twice/,
    remedy: /Rename/,
  },
  {
    name: 'a consumer of no function',
    change: consume('{ function: lend, connection: broker, topics: [a] }'),
    file,
    line: 5,
    what: /no function "lend" that could take messages/,
    remedy: /loans, total/,
  },
  {
    name: 'a consumer without a key',
    change: consume('{ function: total, connection: broker, topics: [a] }'),
    file,
    line: 5,
    what: /replace older ones of the same key/,
    remedy: /a key in the contract/,
  },
  {
    name: 'a consumer whose connection is not declared',
    change: consume(
      '{ function: loans, connection: broker, topics: [a] }',
      '[books]',
    ),
    file,
    line: 5,
    what: /"broker" is none of the archetype's connections/,
    remedy: /connections: \[broker\]/,
  },
  {
    name: 'a consumer of a database',
    change: consume(
      '{ function: loans, connection: books, topics: [a] }',
      '[books]',
    ),
    file,
    line: 5,
    what: /speaks postgres, not mqtt/,
    remedy: /kind mqtt/,
  },
  {
    name: 'a consumer without topics',
    change: consume('{ function: loans, connection: broker }'),
    file,
    line: 5,
    what: /not clear which topics/,
    remedy: /topicsFrom/,
  },
  {
    name: 'a topic filter that is none',
    change: consume(
      "{ function: loans, connection: broker, topics: ['a/#/b'] }",
    ),
    file,
    line: 5,
    what: /no topic filter of MQTT/,
    remedy: /# comes last/,
  },
  {
    name: 'a consumer without messages to show',
    change: consume('{ function: loans, connection: broker, topics: [a] }'),
    file,
    line: 8,
    what: /no messages to show/,
    remedy: /data\/messages\.jsonl/,
  },
  {
    name: 'topics from a setting that is no list',
    change: consume(
      `{ function: loans, connection: broker, topicsFrom: what }\n${settings(
        'what: { type: string, default: a }',
      )}`,
    ),
    file,
    line: 5,
    what: /setting what is no list of topics/,
    remedy: /topic filters/,
  },
  {
    name: 'settings that are no object',
    change: shaped('function', 'settings: { type: string }'),
    file,
    line: 4,
    what: /The settings are no object/,
    remedy: /type: object/,
  },
  {
    name: 'settings that refer to another schema',
    change: shaped('function', settings("a: { $ref: '#/settings' }")),
    file,
    line: 4,
    what: /refers to another schema/,
    remedy: /without references/,
  },
  {
    name: 'settings with hints that mean nothing there',
    change: shaped(
      'function',
      settings(
        'a: { type: string, default: b, x-bailiwick: { when: { parameter: c, is: [d] } } }',
      ),
    ),
    file,
    line: 4,
    what: /A setting cannot say when/,
    remedy: /nothing else/,
  },
  {
    name: 'a schedule at a time that never comes',
    change: shaped(
      'job',
      "run: { schedule: '61 6 * * *', steps: [{ function: loans }] }",
    ),
    file,
    line: 4,
    what: /must be a schedule of five fields/,
    remedy: /./,
  },
  {
    name: 'no topics from a setting',
    change: consume(
      `{ function: loans, connection: broker, topicsFrom: what }\n${settings(
        'what: { type: array, items: { type: string }, default: [] }',
      )}`,
    ),
    file,
    line: 5,
    what: /setting what is no list of topics/,
    remedy: /topic filters/,
  },
  {
    name: 'settings that are no schema',
    change: shaped('function', settings('a: { type: words, default: 1 }')),
    file,
    line: 4,
    what: /The settings are no JSON Schema/,
    remedy: /json-schema\.org/,
  },
  {
    name: 'a setting without a default',
    change: shaped('function', settings('a: { type: string }')),
    file,
    line: 4,
    what: /The setting a has no default/,
    remedy: /where nobody sets it/,
  },
  {
    name: 'a setting whose default breaks its schema',
    change: shaped('function', settings('a: { type: integer, default: x }')),
    file,
    line: 4,
    what: /breaks its own schema/,
    remedy: /Correct the default/,
  },
];
