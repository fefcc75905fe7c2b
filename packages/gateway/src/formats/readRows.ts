const head = /^\s*\{\s*"rows"\s*:\s*\[/;
const tail = /^\]\s*(?:,\s*"count"\s*:\s*\d+\s*)?\}\s*$/;
/** Longest text before and after the rows. */
const longestFrame = 1_000;
/** Longest text of one row, in UTF-16 code units. */
const longestRow = 2 ** 22;
const [quote, backslash, comma] = ['"', '\\', ','].map(code);
const [openBrace, closeBrace, openBracket, closeBracket] = [...'{}[]'].map(
  code,
);
const whitespace = new Set([...' \t\r\n'].map(code));

/** A result that is not a table, or has a row that is too long. */
export class NotATableError extends Error {}

/** Follows strings and brackets from chunk to chunk. */
class RowSplitter {
  #part: 'head' | 'rows' | 'tail' = 'head';
  /** Text not yet returned as rows. */
  #text = '';
  /** Offset up to which `#text` was read. */
  #position = 0;
  #depth = 0;
  #isInString = false;

  /** Reads the next text; returns the rows that it completes, with commas between them. */
  push(chunk: string): string {
    this.#text += chunk;
    if (this.#part === 'head') this.#readHead();
    const rows = this.#part === 'rows' ? this.#readRows() : '';
    const longest = this.#part === 'rows' ? longestRow : longestFrame;
    if (this.#text.length > longest) throw new NotATableError();
    return rows;
  }

  finish(): void {
    if (this.#part === 'head' && isJson(this.#text)) throw new NotATableError();
    if (this.#part !== 'tail' || !tail.test(this.#text))
      throw new Error('the table is incomplete');
  }

  #readHead(): void {
    const found = head.exec(this.#text);
    if (!found) return;
    this.#text = this.#text.slice(found[0].length);
    this.#part = 'rows';
  }

  #readRows(): string {
    const text = this.#text;
    // A row that an earlier chunk began is at the beginning.
    let open = this.#depth > 0 ? 0 : -1;
    let [first, end] = [open, -1];
    let at = this.#position;
    for (; at < text.length && this.#part === 'rows'; at += 1) {
      const char = text.charCodeAt(at);
      if (this.#isInString) {
        if (char === backslash) at += 1;
        else if (char === quote) this.#isInString = false;
      } else if (this.#depth === 0) {
        if (char === openBrace) {
          this.#depth = 1;
          open = at;
          if (first < 0) first = at;
        } else if (char === closeBracket) this.#part = 'tail';
        else if (char !== comma && !whitespace.has(char))
          throw new NotATableError();
      } else if (char === quote) this.#isInString = true;
      else if (char === openBrace || char === openBracket) this.#depth += 1;
      else if (char === closeBrace || char === closeBracket) {
        this.#depth -= 1;
        if (this.#depth === 0) end = at + 1;
      }
    }
    let rest = Math.min(at, text.length);
    if (this.#part === 'tail') rest = at - 1;
    else if (this.#depth > 0) rest = open;
    this.#text = text.slice(rest);
    this.#position = at - rest;
    return end < 0 ? '' : text.slice(first, end);
  }
}

/**
 * Reads a table, `{"rows":[…],"count":N}`, while it arrives: yields JSON arrays of the rows that each
 * chunk completes. Only the row that is not complete is kept.
 *
 * @throws NotATableError when it is another value, or a row is too long; Error when the table breaks off
 */
export async function* readRows(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const splitter = new RowSplitter();
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const rows = splitter.push(decoder.decode(chunk, { stream: true }));
    if (rows) yield `[${rows}]`;
  }
  splitter.finish();
}

function code(char: string): number {
  return char.charCodeAt(0);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
