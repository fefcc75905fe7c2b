import { crc32, deflateSync } from 'node:zlib';

/** Sizes of icons in pixels that manifests use. */
export const iconSizes = [16, 32, 64, 80];
const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const [frame, line, cell] = [0x1565c0, 0xbbdefb, 0xffffff];

/** Draws a table as a PNG image (https://www.w3.org/TR/png-3/). */
export function drawIcon(size: number): Buffer {
  const rows = Array.from({ length: size }, (_, y) => {
    const pixels = Array.from({ length: size }, (__, x) =>
      colourAt(x, y, size),
    );
    // Each line begins with its filter, which is none.
    return [0, ...pixels.flatMap(toBytes)];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits per channel, red, green and blue.
  header.set([8, 2], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number, size: number): number {
  const border = Math.max(1, Math.round(size / 16));
  const isFrame = [x, y].some(at => at < border || at >= size - border);
  if (isFrame || y < size / 4) return frame;
  const isLine = [x, y - size / 4].some(
    at => Math.abs(at % (size / 4)) < border && at >= border,
  );
  return isLine ? line : cell;
}

function toBytes(colour: number): number[] {
  return [colour >> 16, (colour >> 8) % 256, colour % 256];
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
