import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyFile, openKeyFile } from './key-file.ts'
import { createSoftwareKeys } from './software-keys.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cardwright-keys-'))
  path = join(folder, 'keys.json')
})
afterEach(() => rm(folder, { recursive: true }))

const mac = async (master: Awaited<ReturnType<typeof openKeyFile>>) =>
  createSoftwareKeys(master).mac('same', new Uint8Array(1))

test('a key file is for its owner only and opens to the secret it was made with', async () => {
  const master = await createKeyFile(path)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['keys.json'])
  expect(await mac(await openKeyFile(path))).toEqual(await mac(master))
})

test('a passphrase opens it, however its letters are composed', async () => {
  const master = await createKeyFile(path, 'Ångström'.normalize('NFC'))
  expect(await mac(await openKeyFile(path, 'Ångström'.normalize('NFD')))).toEqual(await mac(master))
})

test('a wrong passphrase is KEYS_WRONG_SECRET and says nothing of either', async () => {
  await createKeyFile(path, 'correct horse')
  const error = await openKeyFile(path, 'battery staple').catch(e => e)
  expect(error).toMatchObject({ code: 'KEYS_WRONG_SECRET' })
  expect(String(error)).not.toMatch(/horse|staple/)
})

test('without the passphrase the store is locked', async () => {
  await createKeyFile(path, 'correct horse')
  await expect(openKeyFile(path)).rejects.toMatchObject({ code: 'KEYS_LOCKED' })
})

test('an existing key file is never overwritten', async () => {
  await createKeyFile(path)
  const before = await readFile(path, 'utf8')
  await expect(createKeyFile(path)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(await readFile(path, 'utf8')).toBe(before)
  expect(await readdir(folder)).toEqual(['keys.json'])
})

test('a file that others may read is refused', async () => {
  await createKeyFile(path)
  await chmod(path, 0o640)
  await expect(openKeyFile(path)).rejects.toMatchObject({
    code: 'KEYS_WRONG_SECRET',
    message: expect.stringContaining('chmod 600'),
  })
})

test('a file that is not there is ENOENT, so that a first start can tell', async () => {
  await expect(openKeyFile(path)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  '',
  '{',
  '[]',
  'null',
  '{"format":2}',
  '{"format":1}',
  '{"format":1,"protection":"file-mode","secret":"AAAA"}',
  '{"format":1,"protection":"passphrase"}',
  '{"format":1,"protection":"passphrase","scrypt":{"N":1073741824,"r":8,"p":1,"salt":""},"nonce":"AAAAAAAAAAAAAAAA","sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}',
])('a damaged file is KEYS_WRONG_SECRET: %s', async content => {
  await writeFile(path, content, { mode: 0o600 })
  await expect(openKeyFile(path, 'x')).rejects.toMatchObject({ code: 'KEYS_WRONG_SECRET' })
})
