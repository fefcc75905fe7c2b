export { Gitea } from './Gitea';
