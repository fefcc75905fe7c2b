import { negotiateFormat } from './negotiateFormat';

const offers = ['application/json', 'text/csv'];

describe('negotiateFormat', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['Text/CSV; header=present', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/json;q=0.6', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['*/*, application/json;q=0.2', 'text/csv'],
    ['application/json;q=0, */*', 'text/csv'],
    ['text/csv, application/json', 'application/json'],
  ])('answers Accept: %s with %s', (header, format) => {
    expect(negotiateFormat(header, offers)).toBe(format);
  });

  it.each(['text/html', 'application/json;q=0', 'nonsense'])(
    'refuses Accept: %s and names the formats',
    header => {
      expect(() => negotiateFormat(header, offers.slice(0, 1))).toThrow(
        'is available as application/json;',
      );
    },
  );
});
