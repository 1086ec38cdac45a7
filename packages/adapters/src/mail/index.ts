export { createSmtpMail, type SmtpOptions } from './smtp/smtp-mail.ts'
