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
    expect(container).toHaveTextContent(/Stale ?since 3 s/);
    expect(screen.getByRole('status')).toBe(words);
    expect(words).toHaveTextContent(/^Stale$/);
  });

  it('says nothing before the server was heard', () => {
    render(<LiveMark live={live({ heardAt: undefined })} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
