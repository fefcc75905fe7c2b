import { PackError } from '../problem/Problem';
import { readYaml, type Located, type Place } from '../source/readYaml';

/** A parsed JSON Schema, or a part of one. */
export type Schema = Record<string, unknown>;

/** A part of a schema that the form does not represent, or represents differently. @public */
export interface ImportFinding {
  /** JSON Pointer (RFC 6901) into the schema, such as `/properties/size/if`. */
  place: string;
  /** Line of the schema, counted from 1. */
  line: number;
  /** Description of the difference. */
  what: string;
}

/** Maximum number of schemas, counting referenced ones once per reference. */
const mostParts = 5000;

/** A schema during its conversion into a form: positions of its parts, and findings. */
export class SchemaReading {
  readonly root: Schema;
  readonly findings: ImportFinding[] = [];
  /** Followed references. */
  readonly followed = new Set<string>();
  readonly #located: Located;
  #parts = 0;

  private constructor(root: Schema, located: Located) {
    this.root = root;
    this.#located = located;
  }

  /** @throws PackError if the text is not a JSON object, too large, or has harmful keys */
  static of(file: string, text: string): SchemaReading {
    const root = parseJson(file, text);
    const { document, problems } = readYaml(file, indented(text));
    if (problems.length > 0) throw new PackError(problems);
    const reading = new SchemaReading(root as Schema, document);
    reading.schema(root, []);
    return reading;
  }

  /**
   * Counts a part.
   *
   * @throws PackError if there are too many, for example because references multiply
   */
  count(place: Place): void {
    this.#parts += 1;
    if (this.#parts > mostParts)
      this.refuse(
        place,
        `The schema has more than ${mostParts} parts after resolving its references`,
        'Import a smaller schema or a part of it',
      );
  }

  /**
   * Returns a value as a schema with keywords.
   *
   * @throws PackError if it is not a schema
   */
  schema(value: unknown, place: Place): Schema {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Schema;
    return this.refuse(
      place,
      `${pointer(place) || 'The schema'} is not an object`,
      'Write a JSON Schema here, such as { "type": "string" }',
    );
  }

  /** Records a finding. */
  tell(place: Place, what: string): void {
    const line = this.#located.lineOf(place);
    this.findings.push({ place: pointer(place), line, what });
  }

  /**
   * Aborts the import.
   *
   * @throws PackError always
   */
  refuse(place: Place, what: string, remedy: string): never {
    const line = this.#located.lineOf(place);
    throw new PackError({ file: this.#located.file, line, what, remedy });
  }
}

/** Returns a place as a JSON Pointer (RFC 6901). */
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

/** Formats JSON for YAML, which does not allow tabs before a line; JSON texts contain no unescaped tabs. */
function indented(text: string): string {
  return text.replaceAll('\t', ' ');
}
