export { createTerminalFeature } from './terminalFeature';
