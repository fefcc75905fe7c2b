import { spreadsheetOptions } from './spreadsheetOptions';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

describe('spreadsheetOptions', () => {
  it.each([
    ['a browser', { 'user-agent': chrome }],
    ['a browser on a secure origin', { 'sec-fetch-mode': 'navigate' }],
  ])('are on for %s', (_, headers) => {
    expect(spreadsheetOptions(headers)).toEqual({
      guardsFormulas: true,
      hasMark: true,
    });
  });

  it.each([
    ['curl', { 'user-agent': 'curl/8.16.0' }],
    ['Node', { 'sec-fetch-mode': 'cors', 'user-agent': 'node' }],
    ['a page', { 'sec-fetch-mode': 'cors', 'user-agent': chrome }],
    [
      'PowerShell 5',
      {
        'user-agent':
          'Mozilla/5.0 (Windows NT; Windows NT 10.0; de-DE) WindowsPowerShell/5.1.22621.4391',
      },
    ],
    ['Power Query', { 'user-agent': 'Microsoft.Data.Mashup (…)' }],
    ['a program without a name', {}],
  ])('are off for %s', (_, headers) => {
    expect(spreadsheetOptions(headers)).toEqual({
      guardsFormulas: false,
      hasMark: false,
    });
  });

  it.each([
    ['formula-guard=on', true, false],
    ['Formula-Guard="ON"; bom=off', true, false],
    ['respond-async, bom=on', false, true],
    ['formula-guard=off, formula-guard=on, BOM="on"', false, true],
  ])(
    'follow the reader’s preferences: %s',
    (prefer, guardsFormulas, hasMark) => {
      const headers = { prefer, 'user-agent': 'curl/8.16.0' };
      expect(spreadsheetOptions(headers)).toMatchObject({
        guardsFormulas,
        hasMark,
      });
    },
  );

  it('repeat the applied preferences', () => {
    const applied = (prefer: string) => spreadsheetOptions({ prefer }).applied;
    expect(applied('bom=on, formula-guard="off"')).toBe(
      'formula-guard=off, bom=on',
    );
    expect(applied('bom=perhaps, wait=5')).toBeUndefined();
  });

  it('follow preferences of browsers, too', () => {
    const headers = { prefer: 'formula-guard=off', 'user-agent': chrome };
    expect(spreadsheetOptions(headers)).toMatchObject({
      guardsFormulas: false,
      hasMark: true,
    });
  });
});
