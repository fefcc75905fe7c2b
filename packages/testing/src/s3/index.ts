export { S3Server } from './S3Server';
