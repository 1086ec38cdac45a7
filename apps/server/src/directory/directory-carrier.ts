import { type Db, publishable } from '@cardwright/adapters/db'
import { DirectoryError, type DirectoryMessage, type OutboxMessage } from '@cardwright/core'
import type { Logger } from 'pino'
import type { Carrier } from '../jobs/outbox-worker.ts'
import type { CurrentDirectory } from './current-directory.ts'

const isForDirectory = (message: OutboxMessage): message is DirectoryMessage => message.kind.startsWith('directory.')

/**
 * Publishes and withdraws certificates. A message about somebody whom the directory does not know (any more), or without
 * a directory, is done: there is nothing to be changed there.
 */
export const directoryCarrier = (ports: {
  readonly db: Db
  readonly currentDirectory: CurrentDirectory
  readonly log: Pick<Logger, 'warn'>
}): Carrier => ({
  kinds: ['directory.publish', 'directory.withdraw'],
  async carryOut({ message }) {
    if (!isForDirectory(message)) throw new Error(`${message.kind} is not for the directory`)
    const { kind, userId, credentialId } = message
    const about = await publishable(ports.db, { userId, credentialId })
    const directory = about && (await ports.currentDirectory())
    if (!about || !directory) return
    const { directoryId, certificate } = about
    // Revoked or held since: its withdrawal comes after this message, but nobody should see the certificate until then.
    if (kind === 'directory.publish' && !about.valid) return
    const done = await (kind === 'directory.publish'
      ? directory.publishCertificate(directoryId, certificate)
      : directory.withdrawCertificate(directoryId, certificate))
    if (done === 'NO_SUCH_USER') ports.log.warn({ userId, credentialId, kind }, 'the directory has no such user')
  },
  codeOf: error => (error instanceof DirectoryError ? error.code : null),
})
