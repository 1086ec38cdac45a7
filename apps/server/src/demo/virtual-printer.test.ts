import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVirtualReaders } from '@cardwright/card-virtual'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VirtualCards } from '../readers/virtual-cards.ts'
import { openDemoPrinter, PRINTER_READER, putInTray } from './virtual-printer.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-tray-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const cards = (...ids: string[]): VirtualCards => ({
  readers: createVirtualReaders(ids.map(id => ({ id, name: id }))),
  drawer: () => [],
  insert: async () => {},
  remove: async () => {},
})
const open = (virtualCards: VirtualCards | null) =>
  openDemoPrinter(virtualCards, folder, { clock: () => 0, log: { warn: () => {} } })

test('P-1: where there is no virtual reader for it, there is no virtual printer', async () => {
  expect(await open(null)).toEqual([])
  expect(await open(cards('virtual:1'))).toEqual([])
  expect(await open(cards('virtual:1', PRINTER_READER))).toMatchObject([
    { virtual: true, name: expect.stringContaining('demo') },
  ])
})

test('its tray holds the last twenty cards, each as PDF and as a picture a side', async () => {
  const bytes = Buffer.from('%PDF-')
  for (let at = 1001; at <= 1022; at++) {
    const pictures = at % 2 === 0 ? [bytes] : [bytes, bytes]
    await putInTray(folder, at, { jobName: 'card 47/11', media: 'CR80', pdf: bytes, pictures, twoSided: true })
  }
  const files = readdirSync(folder)
  expect(files.filter(file => file.endsWith('.pdf'))).toHaveLength(20)
  expect(files).toHaveLength(20 + 20 + 10)
  expect(files).toContain('1022-card-47-11-front.png')
  expect(files.filter(file => /^100[12]-/.test(file))).toEqual([])
})
