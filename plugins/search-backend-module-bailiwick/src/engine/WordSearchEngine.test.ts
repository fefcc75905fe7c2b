import { TestPipeline } from '@backstage/plugin-search-backend-node';
import type { IndexableDocument } from '@backstage/plugin-search-common';
import { Readable } from 'node:stream';
import { WordSearchEngine } from './WordSearchEngine';

const document = (
  title: string,
  fields: Record<string, string> = {},
): IndexableDocument => ({ title, text: '', location: `/${title}`, ...fields });

const documents = [
  document('first_date', { app: 'Humidity check', text: 'First day.' }),
  document('Notes', { text: 'Every shape of a room; ratings are secret.' }),
  document('Rooms', { text: 'Rooms with their humidity.' }),
  document('humidity', { app: 'Humidity check', kind: 'column' }),
  document('Humidity check', { kind: 'app' }),
  document('mean_humidity', { keywords: 'RelativeHumidity', kind: 'column' }),
  document('Sharp', { text: 'Of an add-in, at the end of one month.' }),
  document('MonthEnd', { text: 'Last day of a month.' }),
];

describe('WordSearchEngine', () => {
  let engine: WordSearchEngine;

  const index = async (type: string, found: IndexableDocument[]) => {
    const indexer = await engine.getIndexer(type);
    await TestPipeline.fromIndexer(indexer).withDocuments(found).execute();
  };
  const find = async (term: string, query = {}) =>
    (await engine.query({ term, ...query })).results;
  const titles = async (term: string, query = {}) =>
    (await find(term, query)).map(result => result.document.title);
  /** Title and text of the first result, with the marked parts in brackets. */
  const marked = async (term: string) => {
    const [{ document: found, highlight }] = await find(term);
    const { fields, postTag, preTag } = highlight!;
    return [fields.title ?? found.title, fields.text ?? found.text].map(text =>
      text.replaceAll(preTag, '[').replaceAll(postTag, ']'),
    );
  };

  beforeEach(async () => {
    engine = new WordSearchEngine();
    await index('things', documents);
  });

  it('ranks equal titles first, then words in the title, then those in the text', async () => {
    expect(await titles('humidity')).toEqual([
      'humidity',
      'Humidity check',
      'mean_humidity',
      'Rooms',
    ]);
  });

  it('finds the context of a document only beside a word of its own', async () => {
    expect(await titles('check')).toEqual(['Humidity check']);
    expect(await titles('check date')).toEqual(['first_date']);
  });

  it.each(['sharpe ratio', 'shapes ratio', 'humidty', 'add-on', 'umidity'])(
    'finds nothing for %s, without similar words',
    async term => {
      expect(await titles(term)).toEqual([]);
    },
  );

  it.each([
    ['month-end', ['MonthEnd']],
    ['month end', ['MonthEnd', 'Sharp']],
    ['monthend', ['MonthEnd']],
    ['month_e', ['MonthEnd']],
    ['the end of a month', ['MonthEnd', 'Sharp']],
    ['room', ['Rooms', 'Notes']],
    ['dates', ['first_date']],
    ['relative', ['mean_humidity']],
  ])('finds all words of %s, or their beginnings', async (term, found) => {
    expect(await titles(term)).toEqual(found);
  });

  it.each([
    ['month-end', ['[MonthEnd]', 'Last day of a month.']],
    ['month end', ['[Month][End]', 'Last day of a [month].']],
    ['end of a month', ['[Month][End]', 'Last day of a [month].']],
    ['hum', ['[hum]idity', '']],
    ['dates', ['first_[date]', 'First day.']],
    ['shape of', ['Notes', 'Every [shape] of a room; ratings are secret.']],
  ])('marks exactly what matches %s', async (term, found) => {
    expect(await marked(term)).toEqual(found);
  });

  it('filters by fields, also without a term', async () => {
    expect(await titles('', { filters: { kind: 'app' } })).toEqual([
      'Humidity check',
    ]);
    expect(
      await titles('humidity', { filters: { kind: ['column', 'row'] } }),
    ).toEqual(['humidity', 'mean_humidity']);
    expect(await titles('', { filters: { constructor: 'app' } })).toEqual([]);
  });

  it('returns pages', async () => {
    const all = await titles('');
    expect(all).toHaveLength(documents.length);
    const first = await engine.query({ term: '', pageLimit: 5 });
    expect(first).toMatchObject({
      numberOfResults: documents.length,
      previousPageCursor: undefined,
    });
    const second = await engine.query({
      term: '',
      pageLimit: 5,
      pageCursor: first.nextPageCursor,
    });
    expect(second.nextPageCursor).toBeUndefined();
    expect(second.results[0].rank).toBe(6);
    expect(
      [...first.results, ...second.results].map(one => one.document.title),
    ).toEqual(all);
  });

  it('searches the requested types, and reports that none of them is indexed', async () => {
    await index('guides', [document('Humidity')]);
    expect(await titles('humidity', { types: ['guides', 'new'] })).toEqual([
      'Humidity',
    ]);
    await expect(titles('humidity', { types: ['new'] })).rejects.toThrow(
      'No documents of type new are indexed yet.',
    );
  });

  it('forgets the last document of a type, and keeps all if the collator fails', async () => {
    await index('guides', [document('Humidity')]);
    const { error } = await TestPipeline.fromCollator(
      Readable.from(
        (function* failing() {
          yield document('Other');
          throw new Error('No connection');
        })(),
      ),
    )
      .withIndexer(await engine.getIndexer('guides'))
      .execute();
    expect(error).toMatchObject({ message: 'No connection' });
    expect(await titles('', { types: ['guides'] })).toEqual(['Humidity']);
    await index('guides', []);
    expect(await titles('', { types: ['guides'] })).toEqual([]);
  });
});
