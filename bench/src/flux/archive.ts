import { gzipSync } from 'node:zlib';

/** Bytes of the parts that a tar consists of. */
const block = 512;

/** Packs text files as `.tar.gz`. @param files - texts by name; a name has at most 100 bytes */
export function archive(files: Record<string, string>): Buffer {
  const entries = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const rest = (block - (content.length % block)) % block;
    return [header(name, content.length), content, Buffer.alloc(rest)];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * block)]));
}

/** What stands before a file: where each field is, says POSIX (ustar interchange format). */
function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number, at: number) =>
    bytes.write(value.toString(8).padStart(length - 1, '0'), at);
  bytes.write(name);
  octal(0o644, 8, 100);
  octal(0, 8, 108);
  octal(0, 8, 116);
  octal(size, 12, 124);
  octal(0, 12, 136);
  bytes.write('0', 156);
  bytes.write('ustar\x0000', 257);
  // The sum counts itself as blanks.
  bytes.write(' '.repeat(8), 148);
  const sum = bytes.reduce((total, one) => total + one, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
