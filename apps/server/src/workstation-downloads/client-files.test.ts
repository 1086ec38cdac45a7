import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readClientFiles } from './client-files.ts'

const NAME = 'cardwright-client-0.3.0-linux-x64.tar.gz'
const TOP = 'cardwright-client-0.3.0-linux-x64'
const site = { extensionId: 'abcdefghijklmnopabcdefghijklmnop', origins: ['https://cards.example.org'] }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const build = () => {
  mkdirSync(join(folder, TOP))
  writeFileSync(join(folder, TOP, 'cardwright-client'), Buffer.alloc(300_000, 'program'))
  execFileSync('tar', ['-czf', NAME, TOP], { cwd: folder })
  const files = [{ name: NAME, folder: TOP, platform: 'linux', arch: 'x64', bytes: 1, sha256: 'of the built one' }]
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ version: '0.3.0', files }))
}

test('tar finds site.json beside the program in the downloaded file', async () => {
  build()
  const client = await readClientFiles(folder, site)
  const [file] = client?.files ?? []
  const bytes = await buffer(file?.read() ?? Readable.from([]))
  expect(file).toMatchObject({ name: NAME, platform: 'linux', arch: 'x64', bytes: bytes.length })
  expect(file?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))

  const out = join(folder, 'out')
  mkdirSync(out)
  execFileSync('tar', ['-xzf', '-', '-C', out], { input: bytes })
  expect(JSON.parse(readFileSync(join(out, TOP, 'site.json'), 'utf8'))).toEqual({ ...site, version: '0.3.0' })
  expect(readFileSync(join(out, TOP, 'cardwright-client'))).toEqual(Buffer.alloc(300_000, 'program'))
})

test('each reading gives the same bytes, so a digest holds for all', async () => {
  build()
  const [one, two] = [await readClientFiles(folder, site), await readClientFiles(folder, site)]
  expect(two?.files[0]?.sha256).toBe(one?.files[0]?.sha256)
})

test('a client that was not built is none, not an error', async () => {
  expect(await readClientFiles(join(folder, 'nothing'), site)).toBeNull()
})

test('a name in the index does not lead out of the folder', async () => {
  build()
  const files = [{ name: `../../${NAME}`, folder: TOP, platform: 'linux', arch: 'x64' }]
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ version: '0.3.0', files }))
  expect((await readClientFiles(folder, site))?.files[0]?.name).toBe(NAME)
})
