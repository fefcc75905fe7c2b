import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import type { ArchetypeSource } from '../../source/schemas';
import { knownNamesOf, oneOf, problemAt } from './KnownNames';

/** File of the data set with messages that an app shows as long as it has no broker. */
const sampleMessages = 'data/messages.jsonl';

/** What is wrong with what an app takes from a broker. */
export function consumeProblems(
  pack: SourceOfPack,
  { document }: SourceOfArchetype,
  source: ArchetypeSource,
): Problem[] {
  const { connections = [], contract, datasets } = source;
  const { connection, function: name, topics, topicsFrom } = source.consume!;
  const refuse = (place: (string | number)[], what: string, remedy: string) =>
    problemAt(document, ['consume', ...place], what, remedy);
  const known = knownNamesOf(pack);
  const kindOf = known.connections.find(one => one.name === connection)?.kind;
  const result = contract.functions.find(one => one.name === name)?.result;
  const hasSample = known.datasets.some(
    one => datasets.includes(one.name) && one.file === sampleMessages,
  );
  return [
    ...functionProblems(),
    ...(connections.includes(connection)
      ? []
      : [
          refuse(
            ['connection'],
            `The connection "${connection}" is none of the archetype's connections`,
            `Write connections: [${connection}] in the archetype`,
          ),
        ]),
    ...(kindOf === undefined || kindOf === 'mqtt'
      ? []
      : [
          refuse(
            ['connection'],
            `The connection "${connection}" speaks ${kindOf}, not mqtt`,
            'Name a connection of the kind mqtt',
          ),
        ]),
    ...((topics === undefined) === (topicsFrom === undefined)
      ? [
          refuse(
            [],
            'It is not clear which topics it takes',
            'Write either topics: [plant/#], or topicsFrom: with the name of a setting',
          ),
        ]
      : []),
    ...(topics ?? []).flatMap((topic, position) =>
      isTopicFilter(topic)
        ? []
        : refuse(
            ['topics', position],
            `"${topic}" is no topic filter of MQTT`,
            'Write + for one level and # for all below, each between slashes; # comes last',
          ),
    ),
    ...(hasSample
      ? []
      : [
          problemAt(
            document,
            ['datasets'],
            'There are no messages to show as long as an app has no broker',
            `Add a data set with the file ${sampleMessages} to the pack and to the archetype`,
          ),
        ]),
  ];

  function functionProblems(): Problem[] {
    if (!result)
      return [
        refuse(
          ['function'],
          `The contract has no function "${name}" that could take messages`,
          oneOf(contract.functions.map(one => one.name)),
        ),
      ];
    return result.kind === 'table' && (result.key ?? []).length > 0
      ? []
      : [
          refuse(
            ['function'],
            `The rows of "${name}" replace older ones of the same key, and it has no table with a key`,
            'Write kind: table and a key in the contract',
          ),
        ];
  }
}

/** MQTT 3.1.1, 4.7.1: wildcards take a whole level, and # the rest. */
export function isTopicFilter(topic: unknown): boolean {
  if (typeof topic !== 'string' || topic === '') return false;
  const levels = topic.split('/');
  return levels.every(
    (level, position) =>
      level === '+' ||
      (level === '#' && position === levels.length - 1) ||
      !/[+#\0]/.test(level),
  );
}
