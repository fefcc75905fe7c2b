export { TerminalCard } from './TerminalCard';
