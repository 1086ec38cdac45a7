import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createPcscReaders, type PcscReaders, PcscUnavailableError } from '@cardwright/card-pcsc'
import type { VirtualCard } from '@cardwright/card-virtual'
import { connectVpcd, VPCD_PORT } from '@cardwright/card-virtual/vpcd'
import { createMonitor, type SeenReader } from '../../packages/card-pcsc/src/monitor.ts'

/** The two slots of Debian's vpcd, as pcscd names them. */
export const SLOT_NAMES = ['Virtual PCD 00 00', 'Virtual PCD 00 01'] as const
export type Slot = 0 | 1

const DEADLINE_MS = 20_000
const POLL_MS = 50

export type RunningPcscd = { stop(): Promise<void> }

/** Starts pcscd in the foreground unless one runs already (then that one is used and left alone). */
export async function startPcscd(): Promise<RunningPcscd> {
  const readers = createPcscReaders()
  try {
    if (await serves(readers)) {
      await showsSlots(readers)
      return { stop: async () => {} }
    }
    const child = spawn('pcscd', ['--foreground'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
    })
    try {
      await Promise.race([showsSlots(readers), failure(child)])
    } catch (error) {
      await end(child)
      throw error
    }
    return { stop: () => end(child) }
  } finally {
    readers.close()
  }
}

async function failure(child: ChildProcess): Promise<never> {
  let said = ''
  child.stderr?.on('data', chunk => {
    said += String(chunk)
  })
  const [code] = await once(child, 'exit')
  throw new Error(`pcscd ended at once (${String(code)}): ${said.trim()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function serves(readers: PcscReaders): Promise<boolean> {
  try {
    await readers.list()
    return true
  } catch (error) {
    if (error instanceof PcscUnavailableError) return false
    throw error
  }
}

async function showsSlots(readers: PcscReaders): Promise<void> {
  await until('pcscd to show both virtual readers (package vsmartcard-vpcd)', async () => {
    if (!(await serves(readers))) return false
    const names = (await readers.list()).map(reader => reader.name)
    return SLOT_NAMES.every(name => names.includes(name))
  })
}

/** Asks until it is so. For other programs' states only, which tell nobody when they change. */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + DEADLINE_MS
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${DEADLINE_MS / 1000} s for ${what}`)
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
  }
}

export type AttachedCard = {
  /** PC/SC name of the reader. */
  readonly reader: string
  /** Takes the card out and waits until pcscd has seen it. */
  detach(): Promise<void>
}

/**
 * PC/SC's count of insertions and removals when the last card was put into a slot. A reset of a card that has gone makes
 * pcscd 1.9 show an empty reader at once, but its own look, up to 0.4 s later, is what ends the card there: one that is put
 * in before is taken for the old one, and never shown.
 */
const countAtInsertion = new Map<Slot, number>()

/** Puts a card into a slot and waits until pcscd shows it. Needs startPcscd (setup.ts does it for all suites). */
export async function attachCard(card: VirtualCard, slot: Slot = 0): Promise<AttachedCard> {
  const reader = SLOT_NAMES[slot]
  await isEmpty(slot)
  const connection = await connectVpcd(card, { port: VPCD_PORT + slot })
  const { events } = await isSeen(slot, 'a card', ({ insertion }) => insertion !== undefined)
  countAtInsertion.set(slot, events)
  await answersIn(reader)
  return {
    reader,
    async detach() {
      await connection.close()
      await isEmpty(slot)
    },
  }
}

const isEmpty = (slot: Slot): Promise<SeenReader> =>
  isSeen(slot, 'no card', ({ insertion, events }) => !insertion && events !== countAtInsertion.get(slot))

async function isSeen(slot: Slot, what: string, condition: (seen: SeenReader) => boolean): Promise<SeenReader> {
  const name = SLOT_NAMES[slot]
  const monitor = createMonitor()
  try {
    let seen: SeenReader | undefined
    await until(`${what} in reader ${name}`, async () => {
      seen = (await monitor.readers()).get(name)
      return seen !== undefined && condition(seen)
    })
    return seen as SeenReader
  } finally {
    monitor.close()
  }
}

async function answersIn(name: string): Promise<void> {
  const readers = createPcscReaders()
  try {
    await until(`the card in reader ${name} to answer`, async () => {
      const info = (await readers.list()).find(reader => reader.name === name)
      return info?.card !== undefined && info.card.atr.length > 0
    })
  } finally {
    readers.close()
  }
}
