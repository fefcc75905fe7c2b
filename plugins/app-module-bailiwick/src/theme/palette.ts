import type { BackstagePaletteAdditions } from '@backstage/theme';
import type { SimplePaletteColorOptions } from '@material-ui/core/styles/createPalette';

/** Colors of one theme. Text colors reach AA contrast (WCAG 2.2, 1.4.3) on both backgrounds. */
export interface Colours extends BackstagePaletteAdditions {
  mode: 'light' | 'dark';
  type: 'light' | 'dark';
  background: { default: string; paper: string };
  text: { primary: string; secondary: string; disabled: string };
  divider: string;
  primary: SimplePaletteColorOptions;
  /** The same as `primary`: Material UI 4 draws boxes, switches and badges with it. */
  secondary: SimplePaletteColorOptions;
  error: SimplePaletteColorOptions;
  warning: SimplePaletteColorOptions;
  info: SimplePaletteColorOptions;
  success: SimplePaletteColorOptions;
  /** Background of fields, table heads and other areas within a card. */
  subtle: string;
}

export const light: Colours = {
  mode: 'light',
  type: 'light',
  background: { default: '#f6f7f9', paper: '#ffffff' },
  subtle: '#f1f3f6',
  text: { primary: '#151924', secondary: '#586074', disabled: '#9aa1b0' },
  divider: '#e2e5ea',
  primary: { main: '#4540c9', dark: '#35319f', contrastText: '#ffffff' },
  secondary: { main: '#4540c9', dark: '#35319f', contrastText: '#ffffff' },
  error: { main: '#c62834', dark: '#c62834', contrastText: '#ffffff' },
  warning: { main: '#a85700', dark: '#a85700', contrastText: '#ffffff' },
  info: { main: '#1d62c4', dark: '#1d62c4', contrastText: '#ffffff' },
  success: { main: '#1b7f3b', dark: '#1b7f3b', contrastText: '#ffffff' },
  status: {
    ok: '#1b7f3b',
    warning: '#a85700',
    error: '#c62834',
    running: '#1d62c4',
    pending: '#7d6300',
    aborted: '#586074',
  },
  bursts: {
    fontColor: '#ffffff',
    slackChannelText: '#586074',
    backgroundColor: { default: '#4540c9' },
    gradient: { linear: 'linear-gradient(120deg, #35319f, #4540c9)' },
  },
  border: '#e2e5ea',
  textContrast: '#151924',
  textSubtle: '#586074',
  textVerySubtle: '#c9ced8',
  highlight: '#fff6d6',
  link: '#4540c9',
  linkHover: '#35319f',
  gold: '#b7860b',
  errorBackground: '#fdecee',
  errorText: '#a31c28',
  warningBackground: '#fff3e0',
  warningText: '#7a3f00',
  infoBackground: '#eaf2fe',
  infoText: '#174e9c',
  banner: {
    info: '#1d62c4',
    error: '#c62834',
    text: '#ffffff',
    link: '#ffffff',
    closeButtonColor: '#ffffff',
    warning: '#a85700',
  },
  navigation: {
    background: '#ffffff',
    indicator: '#4540c9',
    color: '#586074',
    selectedColor: '#4540c9',
    navItem: { hoverBackground: '#f1f3f6' },
    submenu: { background: '#f6f7f9' },
  },
  pinSidebarButton: { icon: '#151924', background: '#e2e5ea' },
  tabbar: { indicator: '#4540c9' },
};

export const dark: Colours = {
  mode: 'dark',
  type: 'dark',
  background: { default: '#0f1117', paper: '#171a22' },
  subtle: '#1f232d',
  text: { primary: '#eceef3', secondary: '#a3abbb', disabled: '#646c7d' },
  divider: '#2b303c',
  primary: { main: '#aaa6ff', dark: '#c3c0ff', contrastText: '#14122e' },
  secondary: { main: '#aaa6ff', dark: '#c3c0ff', contrastText: '#14122e' },
  error: { main: '#ff8a8f', light: '#ff8a8f', contrastText: '#2b0709' },
  warning: { main: '#f5b45c', light: '#f5b45c', contrastText: '#2a1800' },
  info: { main: '#86b7ff', light: '#86b7ff', contrastText: '#06172f' },
  success: { main: '#6fd28d', light: '#6fd28d', contrastText: '#06230f' },
  status: {
    ok: '#6fd28d',
    warning: '#f5b45c',
    error: '#ff8a8f',
    running: '#86b7ff',
    pending: '#e6cd60',
    aborted: '#a3abbb',
  },
  bursts: {
    fontColor: '#ffffff',
    slackChannelText: '#a3abbb',
    backgroundColor: { default: '#35319f' },
    gradient: { linear: 'linear-gradient(120deg, #1d1a4d, #35319f)' },
  },
  border: '#2b303c',
  textContrast: '#eceef3',
  textSubtle: '#a3abbb',
  textVerySubtle: '#3c4351',
  highlight: '#3a3413',
  link: '#aaa6ff',
  linkHover: '#c3c0ff',
  gold: '#e6cd60',
  errorBackground: '#351417',
  errorText: '#ffb3b6',
  warningBackground: '#33230c',
  warningText: '#f8cd92',
  infoBackground: '#13233d',
  infoText: '#b3d2ff',
  banner: {
    info: '#174e9c',
    error: '#a31c28',
    text: '#ffffff',
    link: '#ffffff',
    closeButtonColor: '#ffffff',
    warning: '#7a3f00',
  },
  navigation: {
    background: '#12141b',
    indicator: '#aaa6ff',
    color: '#a3abbb',
    selectedColor: '#ffffff',
    navItem: { hoverBackground: '#1f232d' },
    submenu: { background: '#171a22' },
  },
  pinSidebarButton: { icon: '#eceef3', background: '#2b303c' },
  tabbar: { indicator: '#aaa6ff' },
};
