import type { Credential } from '../credential/credential.ts'
import type { DirectoryMessage, Transaction } from '../ports/store.ts'

/**
 * What the directory is to be told of these certificates. `profiles` = those that are published; none = publishing is
 * off. A certificate whose profile is not published (any more) is withdrawn all the same.
 */
export const directoryMessages = (
  profiles: readonly string[],
  userId: string | null,
  kind: DirectoryMessage['kind'],
  credentials: readonly Pick<Credential, 'id' | 'profile'>[],
): readonly DirectoryMessage[] =>
  userId === null || profiles.length === 0
    ? []
    : credentials
        .filter(({ profile }) => kind === 'directory.withdraw' || profiles.includes(profile))
        .map(({ id }) => ({ kind, userId, credentialId: id }))

/** Puts them into the outbox of this transaction: an unreachable directory holds up nothing. */
export const tellDirectory = async (
  tx: Transaction,
  userId: string | null,
  kind: DirectoryMessage['kind'],
  credentials: readonly Credential[],
): Promise<void> => {
  const profiles = await tx.settings.publishedProfiles()
  for (const message of directoryMessages(profiles, userId, kind, credentials)) await tx.outbox(message)
}
