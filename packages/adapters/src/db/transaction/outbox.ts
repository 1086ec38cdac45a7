import type { OutboxMessage } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import { json } from '../values.ts'

/** What a message is about: messages with the same subject are carried out one after the other. */
export const subjectOf = (message: OutboxMessage): string => {
  switch (message.kind) {
    case 'certificate.abandon':
      return `${message.authorityId}/key/${message.idempotencyKey}`
    case 'certificate.change-status':
      return `${message.authorityId}/serial/${message.serialNumber}`
    case 'mail.deliver':
      return `mail/${message.deliveryId}`
    case 'mail.expiry':
      return `mail/${message.mailId}`
    case 'letter.print':
      return `letter/${message.deliveryId}`
    case 'directory.publish':
    case 'directory.withdraw':
      return `directory/${message.credentialId}`
  }
}

export const putIntoOutbox = async (db: Db, message: OutboxMessage): Promise<void> => {
  await db
    .insertInto('outbox')
    .values({ kind: message.kind, subject: subjectOf(message), message: json(message) })
    .execute()
}
