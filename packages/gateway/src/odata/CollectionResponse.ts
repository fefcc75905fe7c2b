import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { NotFoundError } from '../errors';
import { disconnectStalled, freshnessOf } from '../delivery';
import { prefetch } from '../formats';
import { readCredentials, tokenParameter } from '../login';
import { countBytes, type OpenRead } from '../reads';
import type { OpenSnapshot } from '../snapshots';
import { propertySql, textToSql } from '../tables';
import type { Collection } from './collections';
import { valueToSql, type RowForm } from './encodeRows';
import { isEntitySet, namespace } from './metadata';
import { contentTypeOf, negotiateJson } from './negotiateJson';
import type { ODataRequest } from './odataRoute';
import { writePageToken } from './pageToken';
import type { RowKey } from './readOperation';
import type { QueryOptions } from './queryOptions';
import {
  countToSql,
  keyToFilter,
  pageToSql,
  selectedProperties,
} from './selectRows';
import { filterToSql, type Sql } from './toSql';

/** Maximum number of rows of a page. */
const pageSize = 50_000;
/** Milliseconds that a query may run. */
const timeout = 60_000;

/** Everything that decides about a response. */
interface Context {
  request: ODataRequest;
  reply: FastifyReply;
  /** Address of the request without its query. */
  address: string;
  collection: Collection;
  gone: AbortSignal;
  options: QueryOptions;
  query: URLSearchParams;
  read: OpenRead;
  /** Address of the service, with a slash at the end. */
  root: string;
  snapshot: OpenSnapshot;
}

/** Answers from the snapshot of a collection. */
export class CollectionResponse {
  readonly #it: Context;

  constructor(context: Context) {
    this.#it = context;
  }

  /**
   * Sends a page of rows. A page that is not the last ends with a link to the next (OData 4.0 Part 1, section 11.2.5.7).
   *
   * @param sent - number of rows on earlier pages
   */
  async page(sent: number): Promise<FastifyReply> {
    const { collection, options, read, reply, request } = this.#it;
    const form = this.#form();
    if (this.#isUnchanged(form)) return reply.code(304).send();
    const asked = preferredSize(request.headers.prefer);
    if (asked !== undefined)
      reply.header('preference-applied', `odata.maxpagesize=${asked}`);
    const left = Math.max(0, (options.top ?? Infinity) - sent);
    const size = Math.min(asked ?? pageSize, pageSize, left);
    // One row more shows whether another page follows.
    const limit = size < left ? size + 1 : size;
    const offset = Math.min((options.skip ?? 0) + sent, 2 ** 53 - 1);
    const sql = pageToSql(collection, options, { limit, offset }, form);
    const begin = [
      ...this.#context(form, this.#selection()),
      ...(options.count ? [`"@odata.count":${await this.#count()}`] : []),
      '"value":[',
    ].join(',');
    const chunks = await prefetch(this.#read(sql));
    const next = this.#nextLink(sent + size);
    async function* body() {
      let rows = 0;
      yield `{${begin}`;
      for await (const chunk of chunks) {
        const texts = chunk.slice(0, size - rows).map(([text]) => text);
        if (texts.length > 0) yield (rows > 0 ? ',' : '') + texts.join(',');
        rows += chunk.length;
        read.addRows(texts.length);
      }
      yield rows > size ? `],${next}}` : ']}';
    }
    return this.#send(form, body());
  }

  /** Sends the number of rows, after `$filter` (OData 4.0 Part 1, section 11.2.5.5). */
  async count(): Promise<FastifyReply> {
    const { reply } = this.#it;
    return reply.type('text/plain; charset=utf-8').send(await this.#count());
  }

  /** Sends one row. */
  async entity(key: RowKey): Promise<FastifyReply> {
    const { collection, options, read, reply } = this.#it;
    const form = this.#form();
    if (this.#isUnchanged(form)) return reply.code(304).send();
    const filter = keyToFilter(collection, key);
    const query = { ...options, filter, orderBy: [] };
    const range = { limit: 1, offset: 0 };
    const [row] = await this.#one(pageToSql(collection, query, range, form));
    read.addRows(1);
    const context = this.#context(form, `${this.#selection()}/$entity`);
    const members = [...context, String(row).slice(1)].join(',');
    return this.#send(form, [`{${members}`]);
  }

  /** Sends a value of a row, as JSON or as text (`$value`). Null has no content (OData 4.0 Part 1, section 11.2.3). */
  async property(
    key: RowKey,
    name: string,
    isRaw: boolean,
  ): Promise<FastifyReply> {
    const { address, collection, read, reply, root } = this.#it;
    const { properties } = collection;
    const form = isRaw ? undefined : this.#form();
    const { sql, type } = propertySql(properties).get(name)!;
    const where = filterToSql(keyToFilter(collection, key), properties);
    const value = form
      ? valueToSql(sql, type, form.isIeee754)
      : textToSql(sql, type);
    const [text, isNull] = await this.#one({
      sql: `SELECT ${value}, ${sql} IS NULL FROM rows WHERE ${where.sql} LIMIT 1`,
      values: where.values,
    });
    read.addRows(1);
    if (isNull) return reply.code(204).send();
    if (!form) return reply.type('text/plain; charset=utf-8').send(text);
    const path = decodeURIComponent(address.slice(root.length));
    const members = [...this.#context(form, path), `"value":${text}`];
    return this.#send(form, [`{${members.join(',')}}`]);
  }

  #form(): RowForm {
    const { options, request } = this.#it;
    return negotiateJson(request.headers.accept, options.format);
  }

  /** Returns the fragment of the context address for `$select` (OData 4.0 Part 1, section 10). */
  #selection(): string {
    const { collection, options } = this.#it;
    const { name } = collection;
    const selected = selectedProperties(collection, options.select);
    const base = isEntitySet(collection)
      ? name
      : `Collection(${namespace}.${name})`;
    return options.select
      ? `${base}(${selected.map(one => one.name).join(',')})`
      : base;
  }

  #context({ level }: RowForm, fragment: string): string[] {
    const address = `${this.#it.root}$metadata#${fragment}`;
    return level === 'none'
      ? []
      : [`"@odata.context":${JSON.stringify(address)}`];
  }

  #nextLink(sent: number): string {
    const { address, query, request, snapshot } = this.#it;
    const next = new URLSearchParams(query);
    const { digest } = snapshot;
    next.set('$skiptoken', writePageToken({ digest, sent }, query));
    const credentials = readCredentials(request);
    // A client whose token is in the address has no other way to send it.
    if (credentials?.isInQuery) next.set(tokenParameter, credentials.token);
    const text = next.toString().replaceAll('+', '%20');
    return `"@odata.nextLink":${JSON.stringify(`${address}?${text}`)}`;
  }

  /** Sets the entity tag; the same rows, query and form have the same (RFC 9110, section 8.8.3). */
  #isUnchanged(form: RowForm): boolean {
    const { address, query, reply, request, snapshot } = this.#it;
    const hash = createHash('sha256')
      .update([address, query, contentTypeOf(form)].join('\n'))
      .digest('base64url');
    const tag = `W/"${snapshot.digest.slice(0, 22)}.${hash.slice(0, 22)}"`;
    reply.header('etag', tag);
    reply.headers(freshnessOf(snapshot));
    const given = request.headers['if-none-match'] ?? '';
    return given.split(/\s*,\s*/).includes(tag);
  }

  async #count(): Promise<string> {
    const { collection, options } = this.#it;
    const [count] = await this.#one(countToSql(collection, options.filter));
    return String(count);
  }

  /** Returns the only row. @throws NotFoundError */
  async #one(sql: Sql): Promise<unknown[]> {
    for await (const [row] of this.#read(sql)) if (row) return row;
    throw new NotFoundError(
      `${this.#it.collection.name} has no row with this key`,
    );
  }

  #read({ sql, values }: Sql): AsyncGenerator<unknown[][]> {
    const { gone, snapshot } = this.#it;
    return snapshot.read(sql, values, { signal: gone, timeout });
  }

  #send(
    form: RowForm,
    body: AsyncIterable<string> | Iterable<string>,
  ): FastifyReply {
    const { read, reply, request } = this.#it;
    reply.type(contentTypeOf(form));
    if (request.method === 'HEAD') return reply.send();
    const sent = disconnectStalled(countBytes(body, read), reply);
    return reply.send(Readable.from(sent, { objectMode: false }));
  }
}

/** Returns `odata.maxpagesize` of a `Prefer` header (OData 4.0 Part 1, section 8.2.8.5). */
function preferredSize(prefer: unknown): number | undefined {
  const [, size] =
    /(?:^|[,;\s])(?:odata\.)?maxpagesize\s*=\s*"?(\d{1,9})(?![\w.])"?/i.exec(
      String(prefer ?? ''),
    ) ?? [];
  return size === undefined || Number(size) === 0 ? undefined : Number(size);
}
