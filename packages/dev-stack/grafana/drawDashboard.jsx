/* eslint-disable @backstage/no-undeclared-imports -- The package.json beside it declares them. */
import {
  createDataFrame,
  createTheme,
  dateTime,
  FieldColorModeId,
  FieldType,
  getDisplayProcessor,
  ThemeContext,
} from '@grafana/data';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  GlobalStyles,
  PanelChrome,
  TimeSeries,
} from '@grafana/ui';
import { createRoot } from 'react-dom/client';

/** Pixels of a unit of `gridPos`, as in Grafana, and between panels. */
const row = 38;
const columns = 24;
const gap = 8;
const headerHeight = 48;
const timeZone = 'utc';

/** Turns the series of a panel into Grafana's data frames, one per series. */
function toFrames(panel, series, theme) {
  return series.map(({ legend, times, values }, seriesIndex) => {
    const frame = createDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: times },
        {
          name: legend,
          type: FieldType.number,
          values,
          config: {
            color: { mode: FieldColorModeId.PaletteClassic },
            ...panel.fieldConfig.defaults,
            displayNameFromDS: legend,
          },
        },
      ],
    });
    for (const field of frame.fields) {
      field.state = { seriesIndex };
      field.display = getDisplayProcessor({ field, theme, timeZone });
    }
    return frame;
  });
}

function Content({ frames, height, panel, theme, timeRange, width }) {
  if (frames.length === 0) return <div style={{ padding: 16 }}>No data</div>;
  if (panel.type === 'stat') {
    const { display, values } = frames[0].fields[1];
    return (
      <BigValue
        value={display(values.at(-1))}
        width={width}
        height={height}
        theme={theme}
        colorMode={BigValueColorMode.Value}
        graphMode={BigValueGraphMode.None}
      />
    );
  }
  return (
    <TimeSeries
      frames={frames}
      structureRev={1}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={{ showLegend: true, calcs: [], ...panel.options.legend }}
    />
  );
}

/**
 * Draws a dashboard with Grafana's own components.
 *
 * @param input - `dashboard` is the JSON of Grafana, `series` the result of each panel; `from` and `to` are in
 * milliseconds since 1970, and `mode` is `light` or `dark`
 */
globalThis.drawDashboard = ({ dashboard, from, mode, series, to, width }) => {
  // Grafana's own font is not in its packages.
  const typography = { fontFamily: 'Liberation Sans, Arial, sans-serif' };
  const theme = createTheme({ colors: { mode }, typography });
  const range = { from: dateTime(from), to: dateTime(to) };
  const timeRange = { ...range, raw: range };
  const rows = Math.max(
    ...dashboard.panels.map(({ gridPos: { h, y } }) => y + h),
  );
  const column = (width - 2 * gap) / columns;
  createRoot(document.getElementById('root')).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <main
        style={{
          position: 'relative',
          height: headerHeight + rows * row + gap,
          width,
        }}
      >
        <h3 style={{ margin: 0, padding: '12px 16px' }}>{dashboard.title}</h3>
        {dashboard.panels.map((panel, index) => {
          const { h, w, x, y } = panel.gridPos;
          return (
            <div
              key={panel.id}
              style={{
                position: 'absolute',
                left: gap + x * column,
                top: headerHeight + y * row,
              }}
            >
              <PanelChrome
                title={panel.title}
                width={w * column - gap}
                height={h * row - gap}
              >
                {(innerWidth, innerHeight) => (
                  <Content
                    frames={toFrames(panel, series[index], theme)}
                    panel={panel}
                    theme={theme}
                    timeRange={timeRange}
                    width={innerWidth}
                    height={innerHeight}
                  />
                )}
              </PanelChrome>
            </div>
          );
        })}
      </main>
    </ThemeContext.Provider>,
  );
};
