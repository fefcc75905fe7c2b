import { createTheme, ThemeProvider } from '@material-ui/core';
import { Terminal } from '@xterm/xterm';
import { render } from '@testing-library/react';
import type { TerminalLine } from './TerminalLine';
import { TerminalScreen } from './TerminalScreen';

jest.mock('@xterm/addon-fit', () => ({
  FitAddon: class {
    fit() {}
  },
}));
jest.mock('@xterm/xterm', () => ({
  Terminal: jest.fn().mockImplementation(() => ({
    options: {},
    loadAddon() {},
    open() {},
    attachCustomKeyEventHandler() {},
    onData() {},
    onResize() {},
    focus() {},
    dispose() {},
  })),
}));

const light = createTheme({ palette: { type: 'light' } });
const dark = createTheme({ palette: { type: 'dark' } });

describe('TerminalScreen', () => {
  beforeEach(() => {
    window.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });

  it('changes its colors with the theme, and continues', () => {
    const line = {
      close: jest.fn(),
      run: jest.fn(() => new Promise<string>(() => {})),
    };
    const draw = (theme = light) => (
      <ThemeProvider theme={theme}>
        <TerminalScreen
          label="Terminal"
          line={line as Partial<TerminalLine> as TerminalLine}
          onEnd={() => {}}
          onLeave={() => {}}
          onShell={() => {}}
        />
      </ThemeProvider>
    );
    const { rerender, unmount } = render(draw());
    const [{ value: terminal }] = jest.mocked(Terminal).mock.results;
    const backgroundOf = (theme: typeof light) =>
      theme.palette.background.default;
    expect(terminal.options.theme.background).toBe(backgroundOf(light));

    rerender(draw(dark));
    expect(terminal.options.theme.background).toBe(backgroundOf(dark));
    expect(line.run).toHaveBeenCalledTimes(1);
    expect(line.close).not.toHaveBeenCalled();

    unmount();
    expect(line.close).toHaveBeenCalled();
  });
});
