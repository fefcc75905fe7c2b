import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { VocabularyCard } from './VocabularyCard';

const packs = [
  {
    metadata: { name: 'climate' },
    spec: {
      vocabulary: [
        { name: 'Rain', description: 'Height of the rain.', unit: 'mm' },
        { name: 'Humidity', description: 'Share of water in the air.' },
      ],
    },
  },
  { metadata: { name: 'other' }, spec: { vocabulary: [{ name: 'Other' }] } },
];

const render = (items: object[], at = '/catalog') =>
  renderPage(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Domain',
        metadata: {
          name: 'climate',
          annotations: { 'bailiwick.dev/domain': 'climate' },
        },
        spec: { type: 'domain-pack', owner: 'group:default/platform' },
      }}
    >
      <VocabularyCard />
    </EntityProvider>,
    new FakePortal().answers('GET /packs', { items }),
    at,
  );

describe('VocabularyCard', () => {
  const scrolledTo = jest.fn();
  beforeEach(() => {
    scrolledTo.mockReset();
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolledTo(this.id);
    };
  });
  afterEach(() => {
    delete (Element.prototype as Partial<Element>).scrollIntoView;
  });

  it('lists the terms of the pack with meaning and unit, by name', async () => {
    await render(packs);
    const table = await screen.findByRole('table', { name: 'Vocabulary' });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => [...row.children].map(cell => cell.textContent)),
    ).toEqual([
      ['Term', 'Meaning', 'Unit'],
      ['Humidity', 'Share of water in the air.', ''],
      ['Rain', 'Height of the rain.', 'mm'],
    ]);
    expect(scrolledTo).not.toHaveBeenCalled();
  });

  it('marks the term that the address names, and scrolls to it', async () => {
    await render(packs, '/catalog#Rain');
    await waitFor(() => expect(scrolledTo).toHaveBeenCalledWith('Rain'));
    expect(screen.getByText('Rain').tagName).toBe('STRONG');
    expect(screen.getByText('Humidity').tagName).toBe('SPAN');
  });

  it('reports that the pack has none', async () => {
    await render([]);
    expect(await screen.findByText('The pack defines no terms.')).toBeVisible();
  });
});
