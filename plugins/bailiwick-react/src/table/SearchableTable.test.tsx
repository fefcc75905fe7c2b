import { renderInTestApp } from '@backstage/test-utils';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import type { TableColumn } from './RowTable';
import { SearchableTable } from './SearchableTable';

interface Row {
  name: string;
  size: number;
}

const columns: TableColumn<Row>[] = [
  { title: 'Name', text: ({ name }) => name },
  { title: 'Size', text: ({ size }) => String(size), align: 'right' },
  {
    title: 'Open',
    text: () => '',
    cell: ({ name }) => <button aria-label={`Open ${name}`} />,
  },
];
const rows: Row[] = [
  { name: 'Beta', size: 10 },
  { name: 'alpha', size: 9 },
  { name: 'Gamma', size: 100 },
];

function Address() {
  return <output>{useLocation().search}</output>;
}

let tell: (rows: Row[]) => void;

function Things() {
  const [told, setTold] = useState(rows);
  tell = setTold;
  return (
    <SearchableTable
      columns={columns}
      idOf={({ name }) => name}
      label="things"
      rows={told}
    />
  );
}

function render(at = '/') {
  return renderInTestApp(
    <>
      <Things />
      <Address />
    </>,
    { routeEntries: [at] },
  );
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('cell')[0].textContent);

describe('SearchableTable', () => {
  it('leaves rows in their order until one sorts them', async () => {
    await render();
    expect(names()).toEqual(['Beta', 'alpha', 'Gamma']);
  });

  it('sorts text without regard to case and numbers by size, both ways', async () => {
    await render();
    await userEvent.click(screen.getByText('Name'));
    expect(names()).toEqual(['alpha', 'Beta', 'Gamma']);
    await userEvent.click(screen.getByText('Size'));
    expect(names()).toEqual(['alpha', 'Beta', 'Gamma']);
    await userEvent.click(screen.getByText('Size'));
    expect(names()).toEqual(['Gamma', 'Beta', 'alpha']);
    expect(screen.getByRole('columnheader', { name: /Size/ })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('keeps search and order in the address, beside other parameters', async () => {
    await render('/?request=x');
    await userEvent.type(screen.getByRole('searchbox'), 'am');
    await userEvent.click(screen.getByText('Name'));
    const search = new URLSearchParams(screen.getByRole('status').textContent!);
    expect(Object.fromEntries(search)).toEqual({
      request: 'x',
      q: 'am',
      sort: 'Name',
    });
    expect(names()).toEqual(['Gamma']);
  });

  it('shows the view that an address describes', async () => {
    await render('/?q=a&sort=-Name');
    expect(screen.getByRole('searchbox')).toHaveValue('a');
    expect(names()).toEqual(['Gamma', 'Beta', 'alpha']);
  });

  it('moves no row while the pointer is over them, and sorts again when it leaves', async () => {
    await render('/?sort=Size');
    expect(names()).toEqual(['alpha', 'Beta', 'Gamma']);
    await userEvent.hover(screen.getByText('Beta'));
    act(() =>
      tell([
        { name: 'Beta', size: 3 },
        { name: 'Delta', size: 1 },
        { name: 'Gamma', size: 2 },
      ]),
    );
    expect(names()).toEqual(['Beta', 'Gamma', 'Delta']);
    expect(screen.getByText('3')).toBeVisible();
    await userEvent.click(screen.getByText('Size'));
    expect(names()).toEqual(['Beta', 'Gamma', 'Delta']);
    act(() => tell([{ name: 'Beta', size: 1 }, rows[2]]));
    expect(names()).toEqual(['Beta', 'Gamma']);
    act(() => screen.getByRole('searchbox').focus());
    await userEvent.unhover(screen.getByText('Size'));
    expect(names()).toEqual(['Gamma', 'Beta']);
  });

  it('moves no row while the keyboard is among them', async () => {
    await render('/?sort=Size');
    act(() => screen.getByRole('region', { name: 'things' }).focus());
    act(() => tell([{ name: 'alpha', size: 11 }, rows[0]]));
    expect(names()).toEqual(['alpha', 'Beta']);
    act(() => screen.getByRole('searchbox').focus());
    expect(names()).toEqual(['Beta', 'alpha']);
  });

  it('releases the rows when the focused one is removed', async () => {
    await render('/?sort=Size');
    act(() => screen.getByRole('button', { name: 'Open alpha' }).focus());
    act(() => tell([rows[0], rows[2]]));
    act(() => tell([{ name: 'Beta', size: 101 }, rows[2]]));
    expect(names()).toEqual(['Gamma', 'Beta']);
  });

  it('reports that nothing matches', async () => {
    await render('/?q=zzz');
    expect(screen.getByText('No matches for “zzz”.')).toBeVisible();
  });
});
