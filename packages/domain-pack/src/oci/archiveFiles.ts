import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { pack } from 'tar-stream';

/** Bytes of one stored block of DEFLATE (RFC 1951, 3.2.4). */
const longestBlock = 0xffff;

/**
 * Returns files as a `.tar.gz` that depends on their paths and contents and on nothing else:
 * sorted by path, without owners, times and rights. Formats: POSIX.1-2017 pax, RFC 1952.
 *
 * @public
 */
export async function archiveFiles(
  files: ReadonlyMap<string, string>,
): Promise<Buffer> {
  const archive = pack();
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [name, content] of sorted)
    archive.entry(
      { name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0, type: 'file' },
      content,
    );
  archive.finalize();
  return gzip(await buffer(archive));
}

/**
 * Formats bytes as gzip without compression: compressed bytes differ between versions of zlib and processors, and the
 * digest of a pack must not. A pack has at most 1 MB.
 */
function gzip(content: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += longestBlock) {
    const block = content.subarray(at, at + longestBlock);
    const begin = Buffer.alloc(5);
    begin.writeUInt8(at + longestBlock >= content.length ? 1 : 0, 0);
    begin.writeUInt16LE(block.length, 1);
    begin.writeUInt16LE(longestBlock - block.length, 3);
    blocks.push(begin, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, ...blocks, trailer]);
}
