import { previewInputs } from './previewInputs';

describe('previewInputs', () => {
  it('lists inputs in the order of the form, with defaults as text', () => {
    const parameters = {
      'ui:order': ['b', 'a', '*'],
      properties: {
        a: { title: 'A', default: ['x', 'y'] },
        b: { title: 'B', description: 'Second.', default: false },
        c: {},
      },
    };
    expect(previewInputs({ parameters })).toEqual([
      { title: 'B', description: 'Second.', proposed: 'no' },
      { title: 'A', proposed: 'x, y' },
      { title: 'c' },
    ]);
  });

  it('is empty for a form without questions', () => {
    expect(previewInputs({ parameters: { type: 'object' } })).toEqual([]);
  });
});
