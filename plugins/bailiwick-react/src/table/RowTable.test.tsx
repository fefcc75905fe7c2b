import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { RowTable } from '.';

const render = () =>
  renderInTestApp(
    <RowTable
      label="things"
      rows={[{ name: 'Beta' }, { name: 'Gamma' }]}
      idOf={({ name }) => name}
      columns={[
        { title: 'Name', text: ({ name }) => name },
        { title: 'Link', text: () => '', cell: ({ name }) => <b>to {name}</b> },
      ]}
    />,
  );

/** Answers every media query the same way. */
function answerQueries(matches: boolean) {
  window.matchMedia = () =>
    ({ matches, addListener: () => {}, removeListener: () => {} } as never);
}

describe('RowTable', () => {
  const { matchMedia } = window;
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  it('is a table where there is room, without headings that sort', async () => {
    answerQueries(false);
    await render();
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText('to Beta')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is a list of cards on a narrow window, each value under its heading', async () => {
    answerQueries(true);
    await render();
    expect(screen.queryByRole('table')).toBeNull();
    const [first] = within(screen.getByLabelText('things')).getAllByRole(
      'listitem',
    );
    expect(within(first).getByText('Name')).toBeVisible();
    expect(within(first).getByText('to Beta')).toBeVisible();
  });
});
