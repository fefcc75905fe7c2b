export { MailServer, type ReceivedMail } from './MailServer';
