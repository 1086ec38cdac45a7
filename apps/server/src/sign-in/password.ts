import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

/** RFC 7914 parameters; 128·N·r = 128 MiB for each hash. Kept beside each hash, so they can be raised later. */
export type ScryptCost = { readonly logN: number; readonly r: number; readonly p: number }
export const defaultCost: ScryptCost = { logN: 17, r: 8, p: 1 }

const KEY_LENGTH = 32
const AT_ONCE = 2
const MAY_WAIT = 32

export type Passwords = {
  hash(password: string): Promise<string>
  verify(password: string, stored: string): Promise<boolean>
  /** As much work as `verify`, for a user who does not exist. Always false. */
  verifyNobody(password: string): Promise<false>
}

export class PasswordsBusyError extends Error {}

/** At most two hashes at once, and a bounded queue: memory stays bounded whoever knocks. */
export const createPasswords = (cost: ScryptCost = defaultCost): Passwords => {
  let running = 0
  const waiting: (() => void)[] = []
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAY_WAIT) throw new PasswordsBusyError('too many passwords wait to be checked')
      await new Promise<void>(resolve => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
  const key = (password: string, salt: Uint8Array, { logN, r, p }: ScryptCost) =>
    inTurn(() =>
      // The same letters typed on two keyboards may be composed or not (SP 800-63B-4 §3.1.1.2: normalise).
      derive(password.normalize('NFKC'), salt, KEY_LENGTH, { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r }),
    )
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(16)
    const { logN, r, p } = cost
    const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    return `$scrypt$ln=${logN},r=${r},p=${p}$${encode(salt)}$${encode(await key(password, salt, cost))}`
  }
  const verify = async (password: string, stored: string): Promise<boolean> => {
    const found = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored)
    const [, logN, r, p, salt = '', expected = ''] = found ?? []
    if (!found) throw new Error('a stored password hash cannot be read')
    const given = await key(password, Buffer.from(salt, 'base64'), { logN: Number(logN), r: Number(r), p: Number(p) })
    return timingSafeEqual(given, Buffer.from(expected, 'base64'))
  }
  const nobodysSalt = randomBytes(16)
  return {
    hash,
    verify,
    verifyNobody: async password => {
      await key(password, nobodysSalt, cost)
      return false
    },
  }
}
