import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { KeysError } from '../keys-error.ts'
import { MASTER_LENGTH, type MasterSecret, masterSecret } from './master-secret.ts'
import { openWithPassphrase, type PassphraseLock, sealWithPassphrase } from './passphrase.ts'

/** File of the master secret, JSON. Without a passphrase its protection is that only the owner can read it (mode 0600). */
type KeyFile =
  | { readonly format: 1; readonly protection: 'file-mode'; readonly secret: string }
  | ({ readonly format: 1; readonly protection: 'passphrase' } & PassphraseLock)

const MAX_FILE = 16_384

const wrongFile = (path: string, why: string) =>
  new KeysError('KEYS_WRONG_SECRET', `The key file ${path} cannot be used: ${why}`)

/**
 * Makes a fresh master secret and its file, durably and never over an existing one: a lost or overwritten master secret
 * takes every card's administration key with it. Throws an Error with code EEXIST when the file is there.
 */
export async function createKeyFile(path: string, passphrase?: string): Promise<MasterSecret> {
  const bytes = new Uint8Array(randomBytes(MASTER_LENGTH))
  const content: KeyFile =
    passphrase === undefined
      ? { format: 1, protection: 'file-mode', secret: Buffer.from(bytes).toString('base64') }
      : { format: 1, protection: 'passphrase', ...(await sealWithPassphrase(passphrase, bytes)) }
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`)
    await file.sync()
    await link(temporary, path)
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
  return masterSecret(bytes)
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const { mode, size } = await stat(path)
  if ((mode & 0o077) !== 0) throw wrongFile(path, 'others than its owner may read or write it; run chmod 600 on it')
  if (size > MAX_FILE) throw wrongFile(path, 'it is too large to be one')
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof content === 'object' && content !== null && 'format' in content && content.format === 1) {
      return content as KeyFile
    }
  } catch (cause) {
    // The text of a JSON error quotes the file, which may hold the secret: only its kind is kept.
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw wrongFile(path, 'it is not a key file of a format that this version knows')
}

/** Opens the master secret. ENOENT when there is no file; KEYS_LOCKED when it needs a passphrase and none was given. */
export async function openKeyFile(path: string, passphrase?: string): Promise<MasterSecret> {
  const content = await readKeyFile(path)
  if (content.protection === 'passphrase') {
    if (passphrase === undefined) throw new KeysError('KEYS_LOCKED', `The key file ${path} needs its passphrase`)
    return masterSecret(await openWithPassphrase(passphrase, content))
  }
  const bytes = content.protection === 'file-mode' ? Buffer.from(String(content.secret), 'base64') : Buffer.alloc(0)
  if (bytes.length !== MASTER_LENGTH) throw wrongFile(path, 'it holds no master secret')
  return masterSecret(new Uint8Array(bytes))
}
