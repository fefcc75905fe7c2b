import { readerName } from './readerName';

describe('readerName', () => {
  it.each([
    ['excel', 'Microsoft.Data.Mashup (https://go.microsoft.com/…)', 'Excel'],
    ['powerbi', 'Microsoft.Data.Mashup', 'Power BI'],
    ['api', 'Microsoft.Data.Mashup', 'Power Query'],
    ['excel', 'Mozilla/5.0 (Windows NT 10.0)', 'Excel'],
    ['api', 'Mozilla/5.0 (Windows NT 10.0)', 'A browser'],
    ['api', 'Mozilla/5.0 (compatible; Google-Apps-Script)', 'Google Sheets'],
    ['excel', 'curl/8.5.0', 'curl'],
    ['api', 'python-requests/2.32', 'Python'],
    ['api', 'OData-Client (1.0)', 'OData-Client'],
    ['tableau', undefined, 'Tableau'],
    ['api', undefined, 'A program'],
  ] as const)(
    'names the reader of a token for %s with %s',
    (client, agent, name) => {
      expect(readerName(client, agent)).toBe(name);
    },
  );
});
