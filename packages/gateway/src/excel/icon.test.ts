import { inflateSync } from 'node:zlib';
import { drawIcon } from './icon';

describe('drawIcon', () => {
  it.each([16, 80])('draws a PNG image of %d pixels', size => {
    const png = drawIcon(size);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    const start = png.indexOf('IDAT');
    const pixels = inflateSync(
      png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)),
    );
    // One byte for the filter of each line, and three for each pixel.
    expect(pixels).toHaveLength(size * (1 + 3 * size));
    expect(new Set(pixels).size).toBeGreaterThan(4);
  });
});
