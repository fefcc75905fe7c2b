import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../problem/Problem';
import { yamlFault } from './yamlFault';

/** Path in a document: field names and positions in lists. */
export type Place = readonly PropertyKey[];

/** A YAML document as a value, with the lines of its parts. */
export interface Located {
  file: string;
  /** `undefined` when it could not be read. */
  value: unknown;
  /** Line of a field or item, or of its nearest existing parent. */
  lineOf(place: Place): number;
}

/** Characters of a YAML file. */
const longest = 400_000;
/** Keys by which JavaScript reaches the prototype of all objects. */
const forbiddenKeys = ['__proto__', 'constructor', 'prototype'];

/**
 * Reads a YAML document that is plain data: no anchors, aliases, tags or second document, and no key
 * twice.
 */
export function readYaml(
  file: string,
  text: string,
): { document: Located; problems: Problem[] } {
  const counter = new LineCounter();
  const problems: Problem[] = [];
  const lineAt = (offset = 0) => counter.linePos(offset).line || 1;
  const refuse = (offset: number | undefined, what: string, remedy: string) =>
    problems.push({ file, line: lineAt(offset), what, remedy });
  const unread: Located = { file, value: undefined, lineOf: () => 1 };

  if (text.length > longest) {
    refuse(0, `Longer than ${longest} characters`, 'Shorten the file');
    return { document: unread, problems };
  }
  try {
    const parsed = parseDocument(text, {
      lineCounter: counter,
      uniqueKeys: true,
    });
    for (const error of independent([...parsed.errors, ...parsed.warnings])) {
      if (/call stack/.test(error.message)) throw new RangeError(error.message);
      const { offset, remedy, what } = yamlFault(error, parsed, text);
      refuse(offset, what, remedy);
    }
    if (problems.length === 0) refuseTricks(parsed, refuse);
    if (problems.length > 0) return { document: unread, problems };
    const value = parsed.toJS({ maxAliasCount: 0 });
    const lineOf = (place: Place) => lineAt(offsetOf(parsed, place));
    return { document: { file, value, lineOf }, problems };
  } catch (error) {
    // The parser and the traversal of a document recurse for each level.
    if (!(error instanceof RangeError)) throw error;
    refuse(0, 'Nested too deeply', 'Use fewer levels');
    return { document: unread, problems };
  }
}

/** Returns the errors with independent causes: after a structural error, the parser misreads the rest. */
function independent(errors: YAMLError[]): YAMLError[] {
  const misread = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter(one => one === misread || one.code === 'DUPLICATE_KEY');
}

type Refuse = (
  offset: number | undefined,
  what: string,
  remedy: string,
) => void;

/** Rejects YAML features that plain data does not need and that cause problems. */
function refuseTricks(document: Document.Parsed, refuse: Refuse): void {
  visit(document, {
    Alias: (_key, { range }) =>
      refuse(
        range?.[0],
        'YAML aliases (*) are not allowed',
        'Repeat the value in each place',
      ),
    Value: (_key, { anchor, range, tag }) => {
      if (anchor)
        refuse(
          range?.[0],
          'YAML anchors (&) are not allowed',
          'Repeat the value in each place',
        );
      if (tag?.startsWith('!'))
        refuse(
          range?.[0],
          `The YAML tag ${tag} is not allowed`,
          'Write a plain value',
        );
    },
    Pair: (_key, { key }) => {
      const offset = (key as Node | null)?.range?.[0];
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined)
        refuse(
          offset,
          'A key must be a plain string',
          'Use a plain string as the key',
        );
      else if (forbiddenKeys.includes(name))
        refuse(
          offset,
          `The key "${name}" is not allowed`,
          'Choose another name',
        );
    },
  });
}

/** Returns the offset of the key of a field, or of an item. */
function offsetOf(document: Document.Parsed, place: Place): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0];
  for (const part of place) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined;
      if (!item) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else {
      return offset;
    }
  }
  return offset;
}
