type Schema = Record<string, any>;

const words: Record<string, string> = {
  boolean: 'true or false',
  integer: 'whole number',
  number: 'number',
  object: 'object',
  string: 'text',
};

/**
 * Describes the type of a value: its vocabulary type (`Month`) if it has one, `list of` before the type of items,
 * otherwise a plain description.
 *
 * @public
 */
export function describeType(schema: Schema): string {
  const word = schema['x-bailiwick']?.vocabulary;
  if (word) return word;
  if (schema.type === 'array') {
    return `list of ${describeType(schema.items ?? {})}`;
  }
  const choices: Schema[] = schema.anyOf ?? schema.oneOf ?? [];
  const meant = choices.filter(({ type }) => type !== 'null');
  if (meant.length > 0) return meant.map(describeType).join(' or ');
  return words[schema.type] ?? 'anything';
}
