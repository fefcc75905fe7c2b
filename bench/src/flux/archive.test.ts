import { execFileSync } from 'node:child_process';
import { archive } from './archive';

describe('archive', () => {
  const long = 'ä'.repeat(700);
  const packed = archive({ 'one.txt': 'first', 'two.txt': long });
  const tar = (...args: string[]) =>
    execFileSync('tar', args, { input: packed, encoding: 'utf8' });

  it('names its files', () => {
    expect(tar('-tz')).toBe('one.txt\ntwo.txt\n');
  });

  it('holds their content', () => {
    expect(tar('-xzO', 'one.txt')).toBe('first');
    expect(tar('-xzO', 'two.txt')).toBe(long);
  });
});
