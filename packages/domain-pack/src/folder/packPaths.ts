/** Limits of a pack. A compiled pack is one object, and etcd accepts 1.5 MiB by default. */
export const limits = { files: 500, bytes: 1_000_000, depth: 10 };

const ignored = /^(\.|__pycache__$|node_modules$)|\.pyc$/;
/** Names that are valid on every file system. */
const usualName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

/** Whether a file or folder of that name is no part of a pack. */
export function isIgnored(name: string): boolean {
  return ignored.test(name);
}

/** Whether a name is valid on every file system, so that a path of such names stays below its folder. */
export function isUsualName(name: string): boolean {
  return usualName.test(name);
}

/** Returns the first line, from 1, that holds bytes that are no text in UTF-8. */
export function lineOfBadBytes(content: Uint8Array): number {
  let begin = 0;
  for (let line = 1; begin < content.length; line += 1) {
    const found = content.indexOf(0x0a, begin);
    const end = found < 0 ? content.length : found;
    if (asText(content.subarray(begin, end)) === undefined) return line;
    begin = end + 1;
  }
  return 1;
}

/** Bytes as text; `undefined` when they are no text in UTF-8. */
export function asText(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
