import type { Shell } from './TerminalSession';

const terminal = 'TERM=xterm-256color; export TERM';

/** Programs for a terminal, the best one first; an image has the one or the other. */
export const shells: Shell[] = [
  {
    name: '/bin/sh',
    command: ['/bin/sh', '-c', `${terminal}; exec /bin/sh -i`],
  },
  { name: 'python3', command: ['python3', '-q'] },
];
