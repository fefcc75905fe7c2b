export { createTerminalRouter } from './terminalRouter';
