export { createMemoryMail, type MemoryMail } from './memory-mail.ts'
export type { ArrivedMail } from './read-mail.ts'
export { type SmtpTestServer, type SmtpTestServerOptions, startSmtpServer } from './smtp-test-server.ts'
