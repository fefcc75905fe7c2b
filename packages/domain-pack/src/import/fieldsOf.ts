import type { Place } from '../source/readYaml';
import { isDropped } from './keywords';
import { wordsOf } from './names';
import { hintsOf, reportHints } from './onyxiaHints';
import { resolvePart, type Part, type ResolvedPart } from './resolvePart';
import type { Schema, SchemaReading } from './SchemaReading';

/** One value of a form. */
export interface Field {
  /** Names of the objects around it and its own, such as `['resources', 'cpu']`. */
  path: readonly string[];
  /** Titles of the objects around it. */
  within: readonly string[];
  part: ResolvedPart;
  isRequired: boolean;
  /** Whether it, or an object around it, is not shown. */
  isHidden: boolean;
  /** Whether it, or an object around it, is shown and cannot be changed. */
  isReadOnly: boolean;
  /** Default of the schema or of an object around it; `undefined` if there is none. */
  proposed: unknown;
}

type Around = Omit<Field, 'part'>;

const deepest = 10;
/** Keywords of an object that its fields cover. */
const ofObjects = ['type', 'title', 'default', 'x-onyxia', 'hidden'];

/**
 * The fields of a schema in their order, those of objects within it put beside the others.
 *
 * @throws PackError when the schema is none, or has objects more than 10 deep in each other
 */
export function fieldsOf(reading: SchemaReading): Field[] {
  const part = resolvePart(reading, {
    schema: reading.root,
    place: [],
    refs: [],
  });
  if (part.children.size === 0)
    reading.refuse(
      [],
      'The schema has no properties',
      'Give the schema of an object; each of its properties becomes a parameter',
    );
  return fieldsWithin(reading, part, {
    path: [],
    within: [],
    isRequired: true,
    isHidden: false,
    isReadOnly: false,
    proposed: part.keywords.default,
  });
}

function fieldsWithin(
  reading: SchemaReading,
  part: ResolvedPart,
  around: Around,
): Field[] {
  tellLost(reading, part, around);
  return [...part.children].flatMap(([name, child]) =>
    fieldsOfChild(reading, child, around, {
      name,
      isRequired: around.isRequired && part.required.has(name),
    }),
  );
}

function fieldsOfChild(
  reading: SchemaReading,
  child: Part,
  around: Around,
  { isRequired, name }: { name: string; isRequired: boolean },
): Field[] {
  const path = [...around.path, name];
  if (path.length > deepest)
    return reading.refuse(
      child.place,
      `Objects are nested more than ${deepest} levels deep`,
      'Import a schema with fewer levels',
    );
  const part = resolvePart(reading, child);
  const { keywords } = part;
  const hints = hintsOf(keywords);
  const field: Field = {
    path,
    within: around.within,
    part,
    isRequired,
    isHidden:
      around.isHidden || keywords.hidden === true || hints.hidden === true,
    isReadOnly:
      around.isReadOnly ||
      keywords.readOnly === true ||
      hints.readonly === true,
    proposed: proposedFor(name, keywords, around.proposed),
  };
  if (part.children.size === 0) return [field];
  const title = String(keywords.title ?? wordsOf(name));
  const within = [...around.within, title];
  return fieldsWithin(reading, part, { ...field, within });
}

/** Its own default, or else its part of the default of the object around it. */
function proposedFor(name: string, own: Schema, around: unknown): unknown {
  if (own.default !== undefined) return own.default;
  const isThere =
    typeof around === 'object' &&
    around !== null &&
    Object.hasOwn(around, name);
  return isThere ? (around as Schema)[name] : undefined;
}

/** Reports keywords of an object that none of its fields covers. */
function tellLost(
  reading: SchemaReading,
  part: ResolvedPart,
  around: Around,
): void {
  const { children, keywords, required } = part;
  const isRoot = around.path.length === 0;
  const said = isRoot ? [...ofObjects, 'description'] : ofObjects;
  for (const keyword of Object.keys(keywords).filter(isDropped))
    if (!said.includes(keyword))
      reading.tell(part.placeOf(keyword), `${keyword} of an object omitted`);
  reportHints(reading, part);
  for (const [name, place] of required)
    if (!children.has(name))
      reading.tell(place, 'required, but the property does not exist');
    else if (!around.isRequired) tellOptional(reading, place);
}

function tellOptional(reading: SchemaReading, place: Place): void {
  reading.tell(
    place,
    'optional in the form, because its parent object is optional',
  );
}
