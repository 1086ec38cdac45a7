import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ReaderInfo } from '@cardwright/card'
import { createPcscReaders, type PcscReaders, PcscUnavailableError } from '@cardwright/card-pcsc'
import type { VirtualCard } from '@cardwright/card-virtual'
import { connectVpcd, VPCD_PORT } from '@cardwright/card-virtual/vpcd'

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

/** Puts a card into a slot and waits until pcscd shows it. Needs startPcscd (setup.ts does it for all suites). */
export async function attachCard(card: VirtualCard, slot: Slot = 0): Promise<AttachedCard> {
  const reader = SLOT_NAMES[slot]
  await waitForReader(reader, info => !info.card)
  const connection = await connectVpcd(card, { port: VPCD_PORT + slot })
  await waitForReader(reader, info => info.card !== undefined && info.card.atr.length > 0)
  return {
    reader,
    async detach() {
      await connection.close()
      await waitForReader(reader, info => !info.card)
    },
  }
}

async function waitForReader(name: string, condition: (info: ReaderInfo) => boolean): Promise<void> {
  const readers = createPcscReaders()
  try {
    await until(`a change in reader ${name}`, async () => {
      const info = (await readers.list()).find(reader => reader.name === name)
      return info !== undefined && condition(info)
    })
  } finally {
    readers.close()
  }
}
