import type { DomainPack } from '../../kinds';

type Word = DomainPack['spec']['vocabulary'][number];
type Schema = Record<string, any>;

/** A parameter as plain JSON Schema, with the hints of its pack. */
interface Described {
  /** Schema of the vocabulary word, overridden by the parameter's own fields. */
  schema: Schema;
  word?: Word;
}

/** Merges a parameter of a pack with its vocabulary word, without nested ones. @public */
export function mergeVocabulary(
  parameter: Schema,
  vocabulary: readonly Word[],
): Described {
  const { 'x-bailiwick': hints, ...own } = parameter;
  const word = vocabulary.find(({ name }) => name === hints?.vocabulary);
  return { schema: { ...word?.schema, ...own }, word };
}
