import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '../../apps/portal/dist')

/** What the browser loads before anything is shown: the entry and everything that it imports, as user.html names it. */
const scripts = async (page: string): Promise<string[]> => {
  const html = await readFile(join(dist, page), 'utf8')
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].flatMap(found => found[1] ?? [])
}

const gzipped = async (names: readonly string[]): Promise<number> => {
  const files = await Promise.all(names.map(name => readFile(join(dist, name))))
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)
}

test('the User portal loads at most 150 kB of script (gzip) before the login', async () => {
  const names = await scripts('user.html')
  expect(names.length).toBeGreaterThan(0)
  expect(await gzipped(names)).toBeLessThanOrEqual(150_000)
})

test('nothing of the Operator portal’s component library, router and schemas is in it', async () => {
  const files = await Promise.all((await scripts('user.html')).map(name => readFile(join(dist, name), 'utf8')))
  const script = files.join('\n')
  expect(script).toContain('current-password')
  for (const word of ['MantineProvider', 'createRouter', 'QueryClient', 'ZodError', 'i18next']) {
    expect(script).not.toContain(word)
  }
})

test('N-6: the script editor comes with its page, not with the Operator portal', async () => {
  const all = await readdir(join(dist, 'assets'))
  const holdsEditor = async (name: string) => (await readFile(join(dist, name), 'utf8')).includes('cm-lineNumbers')
  const own = all.filter(name => name.endsWith('.js')).map(name => `assets/${name}`)
  expect(await Promise.all(own.map(holdsEditor))).toContain(true)
  for (const name of [...(await scripts('index.html')), ...(await scripts('user.html'))]) {
    expect([name, await holdsEditor(name)]).toEqual([name, false])
  }
})
