import { runMain } from '@bailiwick/backstage-cli';
import { runCommand } from './commands';

await runMain(runCommand);
