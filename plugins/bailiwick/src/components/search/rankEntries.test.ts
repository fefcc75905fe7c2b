import { rankEntries } from './rankEntries';
import type { SearchEntry } from './SearchEntry';

/** An entry whose matches are in brackets. */
const entry = (
  title: string,
  {
    readability,
    text = '',
  }: Partial<Pick<SearchEntry, 'readability' | 'text'>> = {},
): SearchEntry => ({
  title: title.replace(/[[\]]/g, ''),
  text: text.replace(/[[\]]/g, ''),
  location: '/',
  kind: 'Column',
  context: '',
  readability,
  highlight: { preTag: '[', postTag: ']', fields: { title, text } },
});

const titles = (entries: SearchEntry[], term: string) =>
  rankEntries(entries, term).map(({ title }) => title);

it('puts equal titles first, then titles with all words, with some words, and texts', () => {
  const entries = [
    entry('Name of the app'),
    entry('Text', { text: 'The [end] of a [month].' }),
    entry('[Month]ly'),
    entry('[End] of the [month]'),
    entry('[Month] [end]'),
  ];
  expect(titles(entries, 'month end')).toEqual([
    'Month end',
    'End of the month',
    'Monthly',
    'Text',
    'Name of the app',
  ]);
});

it('puts readable data before other data, and data before the rest, but not before better matches', () => {
  const entries = [
    entry('price', { readability: 'requestable' }),
    entry('[price] of a day', { readability: 'pending' }),
    entry('[price] of a month', { readability: 'readable' }),
    entry('[price] of a year'),
  ];
  expect(titles(entries, 'price')).toEqual([
    'price',
    'price of a month',
    'price of a day',
    'price of a year',
  ]);
});
