import { entryOf } from './SearchEntry';

it('names the guide of a section, and no app', () => {
  const document = {
    kind: 'docs',
    title: 'Excel',
    text: 'Choose Get data.',
    location: '/docs/connect#excel',
    function: '',
    app: '',
    tenant: '',
    domain: '',
    guide: 'Read data in BI tools',
  };
  expect(entryOf({ type: 'bailiwick-docs', document })).toEqual({
    title: 'Excel',
    text: 'Choose Get data.',
    location: '/docs/connect#excel',
    kind: 'Docs',
    context: 'Read data in BI tools',
  });
});

it('names a data set of the catalog', () => {
  const document = {
    kind: 'Resource',
    type: 'dataset',
    title: 'Monthly prices',
    text: 'Data set.',
    location: '/catalog/packs/resource/prices',
  };
  expect(entryOf({ type: 'software-catalog', document }).kind).toBe('Data set');
});
