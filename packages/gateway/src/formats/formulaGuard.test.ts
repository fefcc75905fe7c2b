import { formulaGuard } from './formulaGuard';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

describe('formulaGuard', () => {
  it.each([
    ['a browser', { 'user-agent': chrome }],
    ['a browser on a secure origin', { 'sec-fetch-mode': 'navigate' }],
  ])('is on for %s', (_, headers) => {
    expect(formulaGuard(headers)).toEqual({ isOn: true, isRequested: false });
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
  ])('is off for %s', (_, headers) => {
    expect(formulaGuard(headers)).toEqual({ isOn: false, isRequested: false });
  });

  it.each([
    ['formula-guard=on', true],
    ['Formula-Guard="ON"', true],
    ['respond-async, formula-guard=off', false],
    ['formula-guard=off, formula-guard=on', false],
  ])('follows the reader’s preference: %s', (prefer, isOn) => {
    const headers = { prefer, 'user-agent': isOn ? 'curl/8.16.0' : chrome };
    expect(formulaGuard(headers)).toEqual({ isOn, isRequested: true });
  });

  it('ignores other preferences', () => {
    expect(formulaGuard({ prefer: 'formula-guard=maybe, wait=5' }).isOn).toBe(
      false,
    );
  });
});
