import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FirstRows, RowTable } from './RowTable';

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

/** Answers media queries about the greatest width as a window of this width does. */
function resizeTo(width: number) {
  window.matchMedia = query => {
    const most = /max-width: ?([\d.]+)px/.exec(query)?.[1] ?? 0;
    const matches = width <= Number(most);
    return {
      matches,
      addListener: () => {},
      removeListener: () => {},
    } as never;
  };
}

describe('RowTable', () => {
  const { matchMedia } = window;
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  it('is a table where there is room, without headings that sort', async () => {
    resizeTo(1280);
    await render();
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText('to Beta')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is a list of cards on a narrow window, each value under its heading', async () => {
    resizeTo(390);
    await render();
    expect(screen.queryByRole('table')).toBeNull();
    const [first] = within(screen.getByLabelText('things')).getAllByRole(
      'listitem',
    );
    expect(within(first).getByText('Name')).toBeVisible();
    expect(within(first).getByText('to Beta')).toBeVisible();
  });

  it.each([
    [5, 'table'],
    [6, 'list'],
  ])('shows %d columns on a tablet as a %s', async (count, role) => {
    resizeTo(768);
    await renderInTestApp(
      <RowTable
        label="things"
        rows={['Beta']}
        idOf={() => 'Beta'}
        columns={Array.from({ length: count }, (_, at) => ({
          title: `Column ${at}`,
          text: () => 'Beta',
        }))}
      />,
    );
    expect(screen.getByRole(role, { name: 'things' })).toBeVisible();
  });
});

describe('FirstRows', () => {
  const show = async (count: number) =>
    renderInTestApp(
      <FirstRows
        first={2}
        label="things"
        rows={Array.from({ length: count }, (_, at) => `${at}`)}
        idOf={row => row}
        columns={[{ title: 'Name', text: row => row }]}
      />,
    );

  it('shows the first, and all on demand', async () => {
    await show(4);
    expect(screen.getAllByRole('row')).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 4' }));
    expect(screen.getAllByRole('row')).toHaveLength(5);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('has no button where all of them show', async () => {
    await show(2);
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
