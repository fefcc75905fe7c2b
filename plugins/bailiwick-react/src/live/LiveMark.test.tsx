import { act, render, screen } from '@testing-library/react';
import { LiveMark } from './LiveMark';
import type { Live } from './useLive';

describe('LiveMark', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const live = (fields: Partial<Live<number>> = {}): Live<number> => ({
    value: 1,
    error: undefined,
    isLive: true,
    heardAt: Date.now(),
    ...fields,
  });

  it('announces that it went stale, and not how the seconds pass', async () => {
    const { container, rerender } = render(<LiveMark live={live()} />);
    const words = screen.getByRole('status');
    expect(words).toHaveTextContent(/^Live$/);

    rerender(<LiveMark live={live({ isLive: false })} />);
    await act(() => jest.advanceTimersByTimeAsync(3_000));
    expect(container).toHaveTextContent(
      /Not live: the portal has not answered ?for 3 s/,
    );
    expect(screen.getByRole('status')).toBe(words);
    expect(words).toHaveTextContent(/^Not live: the portal has not answered$/);
  });

  it('tells that the portal has lost the cluster, counting from what it last heard', () => {
    const clusterLost = { at: Date.now() - 12_000, why: 'It is away.' };
    const { container } = render(
      <LiveMark live={live({ isLive: false, clusterLost })} />,
    );
    expect(container).toHaveTextContent(
      /Not live: the cluster has not answered ?for 12 s/,
    );
    expect(screen.getByTitle('It is away.')).toBeInTheDocument();
  });

  it('says nothing before the server was heard', () => {
    render(<LiveMark live={live({ heardAt: undefined })} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
