import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CardError } from '@cardwright/card'
import { createVirtualReaders } from '@cardwright/card-virtual'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Machine } from '../installation/places.ts'
import { configured } from '../native/page.fixture.ts'
import { check } from './check.ts'

let home: string
let machine: Machine
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cardwright-client-'))
  machine = { platform: 'linux', home, environment: {} }
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const manifest = (browser: string, text: string) => {
  const folder = join(home, '.config', browser, 'NativeMessagingHosts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'org.cardwright.client.json'), text)
}

test('tells whom the client serves, which browsers know it, and what is in the readers', async () => {
  manifest('chromium', JSON.stringify({ path: home }))
  manifest('google-chrome', JSON.stringify({ path: join(home, 'gone') }))
  manifest('microsoft-edge', '{')
  const readers = createVirtualReaders([{ id: 'r', name: 'Reader 1' }])
  const text = await check('1.2.3', configured, machine, readers)
  expect(text).toContain(
    'cardwright-client 1.2.3 on linux\nConfiguration: client.json\n  serves https://cards.example.org\n',
  )
  expect(text).toContain(`chromium/NativeMessagingHosts/org.cardwright.client.json → ${home}\n`)
  expect(text).toContain(`→ ${home}/gone, which is missing\n`)
  expect(text).toContain('microsoft-edge/NativeMessagingHosts/org.cardwright.client.json → damaged\n')
  expect(text).toContain('Smart card service: answers\nReaders:\n  Reader 1: empty\n')
})

test('tells what is wrong with configuration and smart card service', async () => {
  const none = createVirtualReaders([])
  const readers = {
    ...none,
    list: async () => {
      throw new CardError('READER_LOST', 'The smart card service does not answer.')
    },
  }
  const text = await check(
    '1.2.3',
    { ok: false, problem: 'client.json: it is no JSON.', file: 'client.json' },
    machine,
    readers,
  )
  expect(text).toContain('Configuration: client.json: it is no JSON.\n')
  expect(text).toContain('Smart card service: The smart card service does not answer.\n')
  expect(text).not.toContain('Readers:')
})
