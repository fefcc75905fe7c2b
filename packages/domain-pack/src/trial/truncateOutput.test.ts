import { truncateOutput } from './truncateOutput';

describe('truncateOutput', () => {
  it('reports the number of omitted lines', () => {
    expect(truncateOutput('a\nb\nc\n', 2)).toBe(
      '(1 earlier line omitted)\nb\nc',
    );
  });

  it('leaves out nothing of a text that is short enough', () => {
    expect(truncateOutput('a\nb\n', 2)).toBe('a\nb');
  });
});
