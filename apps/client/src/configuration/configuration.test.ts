import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'

const right = { origins: ['https://cards.example.org'], allowedExtensions: ['abcdefghijklmnopabcdefghijklmnop'] }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const write = (text: string) => writeFileSync(join(folder, 'client.json'), text)

test('a configuration as the installer writes it is read', () => {
  write(JSON.stringify({ ...right, serverName: 'Example Ltd', log: '/var/log/client.log' }))
  expect(readConfiguration(folder)).toMatchObject({ ok: true, configuration: { ...right, serverName: 'Example Ltd' } })
})

test('one that is missing is no configuration', () => {
  expect(readConfiguration(folder)).toMatchObject({ ok: false, problem: expect.stringMatching(/missing.*install\.sh/) })
})

test.each([
  ['no JSON', '{', /no JSON/],
  ['no origins', JSON.stringify({ ...right, origins: [] }), /origins/],
  ['an origin with a wildcard', JSON.stringify({ ...right, origins: ['https://*.example.org'] }), /origins\.0/],
  ['an origin of another scheme', JSON.stringify({ ...right, origins: ['file:///tmp'] }), /origins\.0/],
  ['no extension', JSON.stringify({ origins: right.origins }), /allowedExtensions/],
  ['a word that nobody knows', JSON.stringify({ ...right, anyOrigin: true }), /anyOrigin/],
])('%s is refused with the place of the error', (_, text, problem) => {
  write(text)
  expect(readConfiguration(folder)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) })
})
