export { requestWords } from '@bailiwick/backstage-plugin-bailiwick-common';
