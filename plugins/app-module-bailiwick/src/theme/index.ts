/**
 * Bailiwick's themes, for portals that take nothing else.
 *
 * @packageDocumentation
 */
export { darkTheme, lightTheme } from './themes';
