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
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(words).toHaveTextContent(/^Live$/);
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(container).toHaveTextContent(
      /Not live: no response from the portal ?for 3 s/,
    );
    expect(screen.getByRole('status')).toBe(words);
    expect(words).toHaveTextContent(/^Not live: no response from the portal$/);
  });

  it.each(['cluster', 'operator'] as const)(
    'names the %s that does not respond, counting from when it was last heard',
    who => {
      const lost = { who, at: Date.now() - 12_000, why: 'It is away.' };
      const { container } = render(
        <LiveMark live={live({ isLive: false, lost })} />,
      );
      expect(container).toHaveTextContent(
        new RegExp(`Not live: no response from the ${who} ?for 12 s`),
      );
      expect(screen.getByTitle('It is away.')).toBeInTheDocument();
    },
  );

  it('shows nothing before the first message of the server', () => {
    render(<LiveMark live={live({ heardAt: undefined })} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
