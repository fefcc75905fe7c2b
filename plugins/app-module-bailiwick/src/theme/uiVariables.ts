/* eslint-disable @backstage/no-deprecated-bui-tokens -- Backstage UI still reads them in its own styles */
import { radius } from './components';
import type { Colours } from './palette';
import { fontFamily } from './typography';

/** Maps the palette to the CSS variables of Backstage UI, so that its parts match those of Material UI. */
export function uiVariables(colours: Colours): Record<string, string> {
  const { background, divider, error, info, primary, subtle, success, text } =
    colours;
  const hover = primary.dark ?? primary.main;
  const on = (colour: { contrastText?: string }) =>
    colour.contrastText ?? background.paper;
  return {
    '--bui-font-regular': fontFamily,
    '--bui-radius-2': `${radius}px`,
    '--bui-ring': primary.main,
    '--bui-bg-app': background.default,
    '--bui-bg-neutral-1': background.paper,
    '--bui-bg-neutral-2': subtle,
    '--bui-bg-neutral-3': background.paper,
    '--bui-bg-neutral-4': subtle,
    '--bui-fg-primary': text.primary,
    '--bui-fg-secondary': text.secondary,
    '--bui-fg-disabled': text.disabled,
    '--bui-fg-positive': success.main,
    '--bui-fg-negative': error.main,
    '--bui-fg-warning': colours.warning.main,
    '--bui-fg-announcement': info.main,
    '--bui-fg-success': success.main,
    '--bui-fg-danger': error.main,
    '--bui-fg-info': info.main,
    '--bui-border-1': divider,
    '--bui-border-2': colours.textVerySubtle,
    '--bui-accent-bg': primary.main,
    '--bui-accent-bg-hover': hover,
    '--bui-accent-bg-disabled': colours.textVerySubtle,
    '--bui-accent-fg': on(primary),
    '--bui-accent-fg-disabled': text.disabled,
    '--bui-bg-solid': primary.main,
    '--bui-bg-solid-hover': hover,
    '--bui-bg-solid-pressed': hover,
    '--bui-bg-solid-disabled': colours.textVerySubtle,
    '--bui-fg-solid': on(primary),
    '--bui-fg-solid-disabled': text.disabled,
    '--bui-bg-danger': colours.errorBackground,
    '--bui-bg-warning': colours.warningBackground,
    '--bui-bg-info': colours.infoBackground,
    '--bui-fg-danger-on-bg': colours.errorText,
    '--bui-fg-warning-on-bg': colours.warningText,
    '--bui-fg-info-on-bg': colours.infoText,
  };
}
