import { readFileSync, statSync } from 'node:fs'
import { PostgresError } from './errors.ts'

/** The unprivileged account that PostgreSQL runs as; `null`: the account of this process. */
export type Account = { uid: number; gid: number; name: string } | null

const PREFERRED = ['cardwright', 'postgres', 'nobody']

/**
 * PostgreSQL refuses to run as root. A directory that already belongs to an ordinary account keeps it, so that the same data
 * can be served by root (in a container) and by its owner.
 */
export function accountFor(directory: string): Account {
  if (process.getuid?.() !== 0) return null
  const owner = ownerOf(directory)
  if (owner && owner.uid !== 0) return { ...owner, name: `uid ${owner.uid}` }
  const accounts = readAccounts()
  for (const name of PREFERRED) {
    const account = accounts.find(candidate => candidate.name === name && candidate.uid !== 0)
    if (account) return account
  }
  throw new PostgresError(
    'no_account',
    `PostgreSQL must not run as root and none of the accounts ${PREFERRED.join(', ')} exists. Add one (useradd --system cardwright), or start Cardwright as an ordinary user.`,
  )
}

function ownerOf(directory: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(directory)
    return { uid, gid }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .filter(fields => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
