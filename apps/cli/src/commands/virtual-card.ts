import { randomBytes, randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import {
  createVirtualCard,
  type FactoryOptions,
  loadVirtualCard,
  MODELS,
  type ModelName,
  manufacture,
  storeVirtualCard,
  type VirtualCard,
} from '@cardwright/card-virtual'
import { connectVpcd, VPCD_PORT } from '@cardwright/card-virtual/vpcd'
import { CommandFailure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

export type VirtualCardOptions = {
  readonly model: string
  readonly state: string | undefined
  readonly serial: string | undefined
  readonly port: string | undefined
  readonly administrationKeyFile: string | undefined
}

const random = (length: number) => Uint8Array.from(randomBytes(length))
const runtime = { random, now: () => new Date() }

const isModel = (name: string): name is ModelName => name in MODELS

/** A plain card has a key of its own from its maker: from the file that is named, else a new one that is written down. */
const plainCardKey = async (options: VirtualCardOptions, terminal: Terminal): Promise<Uint8Array> => {
  if (options.administrationKeyFile !== undefined) {
    const hex = (await readFile(options.administrationKeyFile, 'utf8')).trim()
    if (!/^([0-9a-f]{2}){32}$/i.test(hex))
      throw new CommandFailure('The administration key file is not 32 bytes in hex.', 2)
    return Uint8Array.from(Buffer.from(hex, 'hex'))
  }
  if (options.state === undefined) {
    throw new CommandFailure(
      'A plain card needs --administration-key-file FILE or --state FILE to keep its key beside.',
      2,
    )
  }
  const key = random(32)
  const file = `${options.state}.administration-key`
  await writeFile(file, `${Buffer.from(key).toString('hex')}\n`, { mode: 0o600 })
  terminal.say(`Its maker's administration key (AES-256) is in ${file}.`)
  return key
}

const makeCard = async (options: VirtualCardOptions, terminal: Terminal): Promise<VirtualCard> => {
  const { model, state } = options
  if (state !== undefined && existsSync(state)) return loadVirtualCard(state, runtime)
  if (!isModel(model)) throw new CommandFailure(`--model is one of ${Object.keys(MODELS).join(', ')}.`, 2)
  const serial = options.serial === undefined ? randomInt(10_000_000, 30_000_000) : Number(options.serial)
  const factory: FactoryOptions = {
    model,
    serial,
    random,
    ...(model === 'sp800-73'
      ? { administrationKey: { algorithm: 0x0c, key: await plainCardKey(options, terminal) } }
      : {}),
  }
  return state === undefined
    ? createVirtualCard({ ...factory, ...runtime })
    : storeVirtualCard(state, manufacture(factory), runtime)
}

/** Puts a virtual card into Debian's vpcd, where pcscd shows it in a real reader, until Ctrl-C. */
export const virtualCard = async (terminal: Terminal, options: VirtualCardOptions): Promise<void> => {
  const card = await makeCard(options, terminal)
  const port = options.port === undefined ? VPCD_PORT : Number(options.port)
  const connection = await connectVpcd(card, { port }).catch(error => {
    throw new CommandFailure(`${error.message} On Debian: apt-get install pcscd vsmartcard-vpcd, then start pcscd.`)
  })
  terminal.say(`${MODELS[card.model].title}, serial ${card.serial}, is in the reader. Ctrl-C takes it out.`)
  terminal.result({ model: card.model, serial: card.serial, port })
  const takeOut = () => void connection.close()
  process.once('SIGINT', takeOut)
  process.once('SIGTERM', takeOut)
  const cause = await connection.closed
  if (cause) throw new CommandFailure(cause.message)
}
