import { rmSync } from 'node:fs';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { lintWithPython } from './lintWithPython';

const code = 'archetypes/loans/template/functions.py.njk';

describe('lintWithPython', () => {
  const folders: string[] = [];
  afterAll(() =>
    folders.forEach(folder => rmSync(folder, { recursive: true })),
  );

  function lint(from: string, to: string, python = 'python3') {
    const folder = writePack({
      ...goodPack,
      [code]: goodPack[code].replace(from, to),
    });
    folders.push(folder);
    return lintWithPython(folder, python);
  }

  it('names the line of the template that Python cannot read', () => {
    expect(lint('    return sum(', '    retrn sum(')).toEqual([
      {
        file: code,
        line:
          goodPack[code]
            .split('\n')
            .findIndex(line => line.startsWith('    return sum(')) + 1,
        what: "Python can't parse the file: invalid syntax",
        remedy: 'Correct the code',
      },
    ]);
  });

  it('reports nothing about valid code, or without Python', () => {
    expect(lint('', '')).toEqual([]);
    expect(lint('    return sum(', '    retrn sum(', 'no-python')).toEqual([]);
  });
});
