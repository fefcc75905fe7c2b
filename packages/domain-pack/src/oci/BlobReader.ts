import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { PackError } from '../problem/Problem';
import {
  blobPath,
  indexSchema,
  layoutSchema,
  type Descriptor,
} from './layoutFormat';
import { digestOf } from '../folder/digestOf';

/** Bytes of the largest `oci-layout` or `index.json`. */
const mostIndex = 200_000;

/** Reads an OCI image layout of which nothing is trusted. */
export class BlobReader {
  readonly #layout: string;

  /** @param layout - folder of the layout */
  constructor(layout: string) {
    this.#layout = layout;
  }

  /** `index.json`. @throws PackError when the folder is no layout of version 1.0.0 */
  readIndex(): z.output<typeof indexSchema> {
    for (const file of ['oci-layout', 'index.json'])
      if (!this.#stat(file))
        throw this.#problem(
          file,
          'Not found',
          'Give the folder of an OCI image layout',
        );
    const version = this.#file('oci-layout', mostIndex);
    this.#parse('oci-layout', version, layoutSchema);
    const index = this.#file('index.json', mostIndex);
    return this.#parse('index.json', index, indexSchema);
  }

  /**
   * Returns the content of a blob.
   *
   * @param most - maximum number of bytes
   * @throws PackError when it does not exist, is too large, or differs from its descriptor
   */
  read({ digest, size }: Descriptor, most: number): Buffer {
    const file = blobPath(digest);
    const content = this.#file(file, most);
    if (content.length === size && digestOf(content) === digest) return content;
    throw this.#problem(
      file,
      'The content does not match its digest and size: it was changed or damaged',
      'Copy the layout again from its source',
    );
  }

  /** The JSON in a blob. @throws PackError as `read`, and when it breaks its schema */
  readJson<T>(descriptor: Descriptor, most: number, schema: z.ZodType<T>): T {
    const content = this.read(descriptor, most);
    return this.#parse(blobPath(descriptor.digest), content, schema);
  }

  #stat(file: string) {
    return lstatSync(join(this.#layout, file), { throwIfNoEntry: false });
  }

  /** A plain file, whose size is looked at before it is read. */
  #file(file: string, most: number): Buffer {
    const stats = this.#stat(file);
    if (!stats?.isFile())
      throw this.#problem(
        file,
        stats ? 'Not a regular file' : 'Not found',
        'Copy the whole layout again from its source',
      );
    if (stats.size > most)
      throw this.#problem(
        file,
        `The file has ${stats.size} bytes; the limit is ${most}`,
        'Give a layout built by: bailiwick pack build',
      );
    return readFileSync(join(this.#layout, file));
  }

  #parse<T>(file: string, content: Buffer, schema: z.ZodType<T>): T {
    let value: unknown;
    try {
      value = JSON.parse(content.toString('utf8'));
    } catch (error) {
      throw this.#problem(
        file,
        `Invalid JSON: ${(error as Error).message}`,
        'Copy the layout again from its source',
      );
    }
    const { data, error } = schema.safeParse(value);
    if (!error) return data as T;
    const [{ message, path }] = error.issues;
    throw this.#problem(
      file,
      `${path.join('.') || 'The content'} is invalid: ${message}`,
      'Give a layout of OCI image-spec 1.1',
    );
  }

  #problem(file: string, what: string, remedy: string): PackError {
    return new PackError({ file, what, remedy });
  }
}
