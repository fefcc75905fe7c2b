import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tools } from '.';

describe('tools', () => {
  it('names parts of the guide that exist', () => {
    const guide = join(__dirname, '../../../../../../docs/guide/connect.md');
    const parts = [...readFileSync(guide, 'utf8').matchAll(/^## (.+)$/gm)].map(
      ([, title]) => title.toLowerCase().replaceAll(' ', '-'),
    );
    expect(parts).toEqual(
      expect.arrayContaining(tools.map(({ guidePart }) => guidePart)),
    );
  });
});
