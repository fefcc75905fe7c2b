/**
 * Splits the text of a JSON array into the texts of its elements, so that every digit stays as the app wrote it.
 *
 * @param text - valid JSON, beginning with `[`
 */
export function splitArray(text: string): string[] {
  const parts: string[] = [];
  let [start, depth] = [1, 0];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    const isEnd = depth === 0 || (char === ',' && depth === 1);
    if (!isEnd) continue;
    const part = text.slice(start, at).trim();
    if (part) parts.push(part);
    start = at + 1;
    if (depth === 0) break;
  }
  return parts;
}

/** Index of the quote that ends the string that begins at an index. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
