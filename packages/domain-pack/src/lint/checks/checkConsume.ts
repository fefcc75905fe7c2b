import type { PackSource } from '../../source/readSource';
import type { ArchetypeManifest } from '../../source/schemas';
import { knownNamesOf, namesOf, oneOf } from './KnownNames';
import type { Refuse } from './problemsIn';

/** File of the data set with messages that an app shows as long as it has no broker. */
const sampleMessages = 'data/messages.jsonl';

/** Returns problems of an app's message consumption. */
export function checkConsume(
  pack: PackSource,
  { connections = [], contract, datasets }: ArchetypeManifest,
  {
    connection,
    function: name,
    topics,
    topicsFrom,
  }: NonNullable<ArchetypeManifest['consume']>,
  refuse: Refuse,
): void {
  const known = knownNamesOf(pack);
  const kindOf = known.connections.find(one => one.name === connection)?.kind;
  const result = contract.functions.find(one => one.name === name)?.result;
  const hasSample = known.datasets.some(
    one => datasets.includes(one.name) && one.file === sampleMessages,
  );
  if (!result)
    refuse(
      ['consume', 'function'],
      `The contract has no function "${name}" to consume messages`,
      oneOf(namesOf(contract.functions), name),
    );
  else if (result.kind !== 'table' || !result.key?.length)
    refuse(
      ['consume', 'function'],
      `The rows of "${name}" replace older rows with the same key, but it does not return a table with a key`,
      'Write kind: table and a key in the contract',
    );
  if (!connections.includes(connection))
    refuse(
      ['consume', 'connection'],
      `The connection "${connection}" is not listed in the archetype's connections`,
      `Write connections: [${connection}] in the archetype`,
    );
  if (kindOf !== undefined && kindOf !== 'mqtt')
    refuse(
      ['consume', 'connection'],
      `The connection "${connection}" uses ${kindOf}, not mqtt`,
      'Choose a connection of the kind mqtt',
    );
  if ((topics === undefined) === (topicsFrom === undefined))
    refuse(
      ['consume'],
      'The topics are missing or ambiguous',
      'Write either topics: [plant/#] or topicsFrom: with the name of a setting',
    );
  for (const [position, topic] of (topics ?? []).entries())
    if (!isTopicFilter(topic))
      refuse(
        ['consume', 'topics', position],
        `"${topic}" is not a valid MQTT topic filter`,
        'Use + for one level and # for all levels below, each between slashes; # comes last',
      );
  if (!hasSample)
    refuse(
      ['datasets'],
      'An app without a broker needs sample messages',
      `Add a data set with the file ${sampleMessages} to the pack and to the archetype`,
    );
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
