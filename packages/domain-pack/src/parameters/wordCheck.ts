import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSchema, mismatches } from './jsonSchema';
import { textValue } from './textValue';

type Word = Pick<DomainPack['spec']['vocabulary'][number], 'schema'>;

/** Returns why a word does not take a value, such as `must be >= 0`; `undefined` when it does. */
export type WordCheck = (value: unknown) => string | undefined;

/** Compiles the check of a word; `undefined` when its schema is none. */
export function wordCheck({ schema }: Word): WordCheck | undefined {
  const checked = compileSchema(schema);
  if ('fault' in checked) return undefined;
  return value => mismatches(checked.validate, value)[0];
}

/** Compiles the check of a word for texts, such as examples and the cells of a CSV. */
export function wordTextCheck(word: Word): WordCheck | undefined {
  const check = wordCheck(word);
  return check && (text => check(textValue(String(text), word.schema.type)));
}
