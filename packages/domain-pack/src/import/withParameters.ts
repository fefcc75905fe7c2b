import { isDeepStrictEqual } from 'node:util';
import {
  Document,
  isMap,
  isScalar,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { PackError } from '../problem/Problem';
import { readYaml } from '../source/readYaml';

/** An `archetype.yaml` with a new form. @public */
export interface ChangedArchetype {
  /** Its YAML. */
  text: string;
  /** Removed parameters, which templates and tests must no longer use. */
  gone: string[];
}

type Parameters = Record<string, unknown>;

const key = 'parameters';
/** Hints of packs, which imported schemas do not have. */
const ownHints = 'x-bailiwick';

/**
 * Puts a form into an `archetype.yaml`. The rest of the file is unchanged, including comments and `x-bailiwick` hints
 * of the remaining parameters.
 *
 * @param file - name of the file, for messages
 * @param text - YAML of the file
 * @param parameters - form from {@link importSchema}
 * @throws PackError if the file is not YAML with plain data
 * @public
 */
export function withParameters(
  file: string,
  text: string,
  parameters: Record<string, unknown>,
): ChangedArchetype {
  const { problems } = readYaml(file, text);
  if (problems.length > 0) throw new PackError(problems);
  const document = parseDocument(text);
  const { contents } = document;
  if (!isMap(contents))
    throw new PackError({
      file,
      line: 1,
      what: 'Not an archetype',
      remedy: 'Create a pack with: bailiwick pack init <folder>',
    });
  const place = placeOf(contents);
  const gone = changeParameters(document, contents, parameters);
  const whole = document.toString({ lineWidth: 0 });
  const part =
    place && text.slice(0, place[0]) + written(contents) + text.slice(place[1]);
  return { text: part && isSame(part, whole) ? part : whole, gone };
}

/** Returns the start and end of the parameters in the text, if they are a block of their own. */
function placeOf(contents: YAMLMap): [number, number] | undefined {
  const pair = contents.items.find(one => nameOf(one) === key);
  const begin = (pair?.key as Node | undefined)?.range?.[0];
  const value = pair?.value as Node | undefined;
  const end = isMap(value) && !value.flow ? value.range?.[1] : undefined;
  return contents.flow || begin === undefined || end === undefined
    ? undefined
    : [begin, end];
}

/** The parameters alone, without the comments around them, which are in the text already. */
function written(contents: YAMLMap): string {
  const value = contents.get(key, true) as unknown as YAMLMap;
  const alone = new Document({});
  const { comment } = value;
  value.comment = undefined;
  alone.set(key, value);
  const text = alone.toString({ lineWidth: 0 });
  value.comment = comment;
  return text;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map(text => parseDocument(text));
  return (
    first.errors.length === 0 && isDeepStrictEqual(first.toJS(), second.toJS())
  );
}

function changeParameters(
  document: Document,
  contents: YAMLMap,
  { properties, ...rest }: Parameters,
): string[] {
  const form = mapAt(document, contents, key);
  for (const list of ['required', 'ui:order'])
    if (!Object.hasOwn(rest, list)) form.delete(list);
  for (const [keyword, value] of Object.entries(rest))
    form.set(keyword, document.createNode(value));
  const fields = mapAt(document, form, 'properties');
  const before = new Map(fields.items.map(pair => [nameOf(pair), pair]));
  const after = Object.entries(properties as Parameters);
  fields.items = after.map(([name, schema]) => {
    const node = document.createNode(schema) as unknown as YAMLMap;
    const old = before.get(name);
    if (!old) return document.createPair(name, node) as Pair;
    const hints = isMap(old.value) ? old.value.get(ownHints, true) : undefined;
    // It brings its own choices; those of a data set would be others.
    if (isMap(hints) && node.has('enum')) hints.delete('options');
    if (isMap(hints) && hints.items.length > 0) node.set(ownHints, hints);
    old.value = node;
    return old;
  });
  const names = after.map(([name]) => name);
  return [...before.keys()].filter(name => !names.includes(name));
}

/** The map under a key, written as a block; a new one when there is none. */
function mapAt(document: Document, map: YAMLMap, name: string): YAMLMap {
  const there = map.get(name, true) as unknown;
  if (isMap(there)) {
    there.flow = false;
    return there;
  }
  const made = document.createNode({}) as unknown as YAMLMap;
  map.set(name, made);
  return made;
}

function nameOf({ key: node }: Pair): string {
  return isScalar(node) ? String(node.value) : String(node);
}
