import { lastLines } from './lastLines';

describe('lastLines', () => {
  it('says how many lines it leaves out', () => {
    expect(lastLines('a\nb\nc\n', 2)).toBe('(1 earlier line omitted)\nb\nc');
  });

  it('leaves out nothing of a text that is short enough', () => {
    expect(lastLines('a\nb\n', 2)).toBe('a\nb');
  });
});
