import { PackError } from '../problem/Problem';
import { readYaml, type Located, type Place } from '../source/readYaml';

/** A JSON Schema, or a part of one, as it was read. */
export type Schema = Record<string, unknown>;

/** Something of a schema that its form says otherwise, or not at all. */
export interface ImportFinding {
  /** JSON Pointer (RFC 6901) into the schema, such as `/properties/size/if`. */
  place: string;
  /** Line of the schema, counted from 1. */
  line: number;
  /** What became of it. */
  what: string;
}

/** Schemas that are looked at, counting those that are referred to several times as often. */
const mostParts = 5000;

/** One schema while it becomes a form: where its parts stand, and what was found in it. */
export class SchemaReading {
  readonly root: Schema;
  readonly findings: ImportFinding[] = [];
  /** References that were followed. */
  readonly followed = new Set<string>();
  readonly #located: Located;
  #parts = 0;

  private constructor(root: Schema, located: Located) {
    this.root = root;
    this.#located = located;
  }

  /** @throws PackError when the text is no JSON object, too large, or has keys that do harm */
  static of(file: string, text: string): SchemaReading {
    const root = parseJson(file, text);
    const { document, problems } = readYaml(file, indented(text));
    if (problems.length > 0) throw new PackError(problems);
    const reading = new SchemaReading(root as Schema, document);
    reading.schema(root, []);
    return reading;
  }

  /** Counts a part. @throws PackError when there are too many, as when references multiply */
  count(place: Place): void {
    this.#parts += 1;
    if (this.#parts > mostParts)
      this.refuse(
        place,
        `The schema has more than ${mostParts} parts after resolving its references`,
        'Import a smaller schema or a part of it',
      );
  }

  /** A value that has to be a schema with keywords. @throws PackError when it is none */
  schema(value: unknown, place: Place): Schema {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Schema;
    return this.refuse(
      place,
      `${pointer(place) || 'The schema'} is not an object`,
      'Write a JSON Schema here, such as { "type": "string" }',
    );
  }

  /** Tells what the form does not say. */
  tell(place: Place, what: string): void {
    const line = this.#located.lineOf(place);
    this.findings.push({ place: pointer(place), line, what });
  }

  /** Ends the import. @throws PackError always */
  refuse(place: Place, what: string, remedy: string): never {
    const line = this.#located.lineOf(place);
    throw new PackError({ file: this.#located.file, line, what, remedy });
  }
}

/** A place as a JSON Pointer (RFC 6901). */
export function pointer(place: Place): string {
  return place
    .map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [message] = (error as Error).message.split('\n');
    const at = /position (\d+)/.exec(message)?.[1];
    const before = at === undefined ? text : text.slice(0, Number(at));
    throw new PackError({
      file,
      line: before.split('\n').length,
      what: `Invalid JSON: ${message}`,
      remedy: 'Give a values.schema.json or a nextflow_schema.json',
    });
  }
}

/** JSON for a reader of YAML, which takes no tabs before a line; no JSON text holds a bare tab. */
function indented(text: string): string {
  return text.replaceAll('\t', ' ');
}
