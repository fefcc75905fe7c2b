import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../source/readYaml';
import { isDropped, noRemark } from './keywords';
import { pointer, type Schema, type SchemaReading } from './SchemaReading';

/** A schema that is not looked at yet. */
export interface Part {
  schema: unknown;
  place: Place;
  /** References on the way to it; following one of them again would never end. */
  refs: readonly string[];
}

/** A schema with its references followed and its `allOf` put in. */
export interface ResolvedPart {
  place: Place;
  /** Its keywords but `properties` and `required`. */
  keywords: Schema;
  /** Fields of an object in their order. */
  children: Map<string, Part>;
  /** Places at which fields are declared as required. */
  required: Map<string, Place>;
  /** Place of a keyword, possibly in a referenced schema. */
  placeOf(keyword: string): Place;
  /** The schema that a keyword holds, such as `items`. */
  partAt(keyword: string): Part;
}

/**
 * Follows the references of a schema within its file, and puts its `allOf` into one schema.
 *
 * @throws PackError for references that lead elsewhere, nowhere or in a circle
 */
export function resolvePart(reading: SchemaReading, part: Part): ResolvedPart {
  const layers = layersOf(reading, part);
  const keywords: Schema = {};
  const origins = new Map<string, Layer>();
  const originOf = (keyword: string) => origins.get(keyword) ?? layers[0];
  const resolved: ResolvedPart = {
    place: layers[0].place,
    keywords,
    children: new Map(),
    required: new Map(),
    placeOf: keyword => [...originOf(keyword).place, keyword],
    partAt: keyword => ({
      schema: keywords[keyword],
      place: [...originOf(keyword).place, keyword],
      refs: originOf(keyword).refs,
    }),
  };
  for (const layer of layers) {
    for (const [keyword, value] of Object.entries(layer.schema)) {
      const place = [...layer.place, keyword];
      if (keyword === 'properties') addFields(reading, resolved, layer);
      else if (keyword === 'required' && Array.isArray(value))
        value.forEach((name, at) =>
          resolved.required.set(String(name), [...place, at]),
        );
      else if (['$ref', 'allOf'].includes(keyword)) continue;
      else if (!Object.hasOwn(keywords, keyword)) {
        keywords[keyword] = value;
        origins.set(keyword, layer);
      } else tellClash(reading, place, keywords[keyword], value);
    }
  }
  return resolved;
}

interface Layer {
  schema: Schema;
  place: Place;
  refs: readonly string[];
}

/** Returns a schema, its references and the members of its `allOf`; earlier ones take precedence. */
function layersOf(reading: SchemaReading, part: Part): Layer[] {
  const { place, refs } = part;
  reading.count(place);
  const schema = reading.schema(part.schema, place);
  const { $ref, allOf } = schema;
  const target =
    $ref === undefined
      ? []
      : layersOf(reading, follow(reading, [...place, '$ref'], $ref, refs));
  if (allOf === undefined) return [{ schema, place, refs }, ...target];
  if (!Array.isArray(allOf))
    return reading.refuse(
      [...place, 'allOf'],
      `${pointer([...place, 'allOf'])} is not a list`,
      'Write a list of schemas',
    );
  const members = allOf.flatMap((member, at) => {
    const all = layersOf(reading, {
      schema: member,
      place: [...place, 'allOf', at],
      refs,
    });
    return all.some(one => one.schema.properties)
      ? all.map(one => withoutGroup(reading, one))
      : all;
  });
  const { properties, ...rest } = schema;
  const keys = Object.keys(schema);
  // Fields come in the order in which the schema writes them.
  return properties && keys.indexOf('allOf') < keys.indexOf('properties')
    ? [
        { schema: rest, place, refs },
        ...target,
        ...members,
        { schema: { properties }, place, refs },
      ]
    : [{ schema, place, refs }, ...target, ...members];
}

/** The target of a reference. */
function follow(
  reading: SchemaReading,
  place: Place,
  ref: unknown,
  refs: readonly string[],
): Part {
  if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref))
    return reading.refuse(
      place,
      `${pointer(place)} refers to ${JSON.stringify(
        ref,
      )}, which is not a place in this file`,
      'Move the referenced schema into the file, and refer to it as "#/definitions/<name>"',
    );
  const target = placeOfRef(reading, place, ref);
  const path = pointer(target);
  if (refs.includes(path))
    return reading.refuse(
      place,
      `${pointer(place)} refers to "${ref}", which is circular`,
      'Remove the circular reference',
    );
  reading.followed.add(path);
  let schema: unknown = reading.root;
  for (const key of target) {
    const isThere =
      typeof schema === 'object' &&
      schema !== null &&
      Object.hasOwn(schema, key);
    if (!isThere)
      return reading.refuse(
        place,
        `${pointer(place)} refers to "${ref}", which does not exist`,
        'Correct the reference',
      );
    schema = (schema as Schema)[key];
  }
  return { schema, place: target, refs: [...refs, path] };
}

function placeOfRef(
  reading: SchemaReading,
  place: Place,
  ref: string,
): string[] {
  try {
    return decodeURIComponent(ref.slice(1))
      .split('/')
      .slice(1)
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return reading.refuse(
      place,
      `${pointer(place)} refers to "${ref}", which is not a JSON Pointer`,
      'Correct the reference',
    );
  }
}

/** Removes the keywords that describe a group of fields. */
function withoutGroup(reading: SchemaReading, layer: Layer): Layer {
  const { properties, required, type: _type, ...rest } = layer.schema;
  for (const keyword of Object.keys(rest).filter(isDropped))
    reading.tell(
      [...layer.place, keyword],
      ['title', 'description'].includes(keyword)
        ? `${keyword} of a group omitted: a form is a flat list`
        : `${keyword} of a group omitted`,
    );
  return {
    ...layer,
    schema: {
      ...(properties !== undefined && { properties }),
      ...(required !== undefined && { required }),
    },
  };
}

function addFields(
  reading: SchemaReading,
  { children }: ResolvedPart,
  layer: Layer,
): void {
  const place = [...layer.place, 'properties'];
  const properties = reading.schema(layer.schema.properties, place);
  for (const [name, schema] of Object.entries(properties)) {
    const at = [...place, name];
    if (children.has(name))
      reading.tell(at, 'defined twice; the first definition is used');
    else children.set(name, { schema, place: at, refs: layer.refs });
  }
}

function tellClash(
  reading: SchemaReading,
  place: Place,
  first: unknown,
  second: unknown,
): void {
  const keyword = String(place.at(-1));
  if (isDeepStrictEqual(first, second) || noRemark.includes(keyword)) return;
  reading.tell(place, `${keyword} is given twice; the first value is used`);
}
