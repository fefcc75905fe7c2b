export { Gitea, type GiteaAccount } from './Gitea';
