import type { DomainPack } from '../../kinds';

type Word = DomainPack['spec']['vocabulary'][number];
type Schema = Record<string, any>;

/** A parameter as plain JSON Schema, and what its pack says of it besides. */
interface Described {
  /** Schema of the vocabulary word, overridden by the parameter's own fields. */
  schema: Schema;
  word?: Word;
}

/** Takes a parameter of a pack and its word of the vocabulary together; of what is in it, nothing. */
export function mergeVocabulary(
  parameter: Schema,
  vocabulary: readonly Word[],
): Described {
  const { 'x-bailiwick': hints, ...own } = parameter;
  const word = vocabulary.find(({ name }) => name === hints?.vocabulary);
  return { schema: { ...word?.schema, ...own }, word };
}
