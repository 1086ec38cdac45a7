import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromHex, toHex } from './bytes.ts'
import { manufacture } from './factory.ts'
import { MODELS } from './models.ts'
import type { Persistent } from './state.ts'
import { type RuntimeOptions, runVirtualCard, type VirtualCard, type VirtualCardOptions } from './virtual-card.ts'

/** Version of the file's form; a reader refuses what it does not know. */
const FORMAT = 1

/**
 * Writes the card's whole state: temporary file, fsync, rename, fsync of the folder, so that a crash leaves the old state or
 * the new one. The file holds the card's keys in the clear (it is a virtual card): mode 600.
 */
export async function saveVirtualCard(file: string, state: Persistent): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, card: state }, (_key, value: unknown) =>
    value instanceof Uint8Array ? { hex: toHex(value) } : value,
  )
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Reads a state written by saveVirtualCard. Throws if the file is not one or is of another format. */
export async function readVirtualCardState(file: string): Promise<Persistent> {
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'), (_key, value: unknown) =>
      isHex(value) ? fromHex(value.hex) : value,
    )
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new Error(`${file} is not the state of a virtual card`, { cause })
    throw cause
  }
  const { format, card } = parsed as { format?: unknown; card?: Persistent }
  if (format !== FORMAT) throw new Error(`${file}: format ${String(format)} is not known, only ${FORMAT}`)
  if (!card || !(card.model in MODELS) || !card.piv) throw new Error(`${file} is not the state of a virtual card`)
  return card
}

/** The card that a file describes; each persistent change is in the file before the card answers. */
export async function loadVirtualCard(file: string, options: RuntimeOptions): Promise<VirtualCard> {
  const state = await readVirtualCardState(file)
  return runVirtualCard(state, { ...options, persist: next => saveVirtualCard(file, next) })
}

/** Makes a file for a card just manufactured and runs it from there. */
export async function storeVirtualCard(file: string, state: Persistent, options: RuntimeOptions): Promise<VirtualCard> {
  await saveVirtualCard(file, state)
  return loadVirtualCard(file, options)
}

/** The card in the file; if there is no file yet, a new card is made and put there. */
export async function openVirtualCard(file: string, options: VirtualCardOptions): Promise<VirtualCard> {
  try {
    return await loadVirtualCard(file, options)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return storeVirtualCard(file, manufacture(options), options)
  }
}

function isHex(value: unknown): value is { readonly hex: string } {
  return typeof value === 'object' && value !== null && 'hex' in value && typeof value.hex === 'string'
}
