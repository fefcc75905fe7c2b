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
