import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import type { Live } from '../live/useLive';
import { LiveContent } from './LiveContent';

const live = (fields: Partial<Live<string[]>>): Live<string[]> => ({
  value: undefined,
  error: undefined,
  isLive: false,
  heardAt: undefined,
  ...fields,
});

const render = (fields: Partial<Live<string[]>>) =>
  renderInTestApp(
    <LiveContent
      live={live(fields)}
      what="The things"
      isEmpty={items => items.length === 0}
      empty={<p>Nothing yet</p>}
    >
      {items => <p>{items.join(' ')}</p>}
    </LiveContent>,
  );

describe('LiveContent', () => {
  it('announces that it loads', async () => {
    await render({});
    expect(screen.getByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('shows the error', async () => {
    await render({ error: new Error('etcd is gone') });
    expect(screen.getByRole('alert')).toHaveTextContent(
      /The things can’t be loaded.*etcd is gone/,
    );
  });

  it('shows the empty state', async () => {
    await render({ value: [] });
    expect(screen.getByText('Nothing yet')).toBeVisible();
  });

  it('keeps its content when the connection breaks', async () => {
    await render({ value: ['a', 'b'], error: new Error('gone') });
    expect(screen.getByText('a b')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
