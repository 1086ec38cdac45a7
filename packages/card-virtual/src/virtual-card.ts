import { type ApduTransport, CardError, redactApdu } from '@cardwright/card'
import { type Answer, type Command, encodeAnswer, parseCommand, refuse, SW } from './apdu.ts'
import { freshSelection, isSelect, runSelected, select } from './applications.ts'
import { toHex } from './bytes.ts'
import type { CardContext, Quirks } from './context.ts'
import type { KeyPool } from './crypto.ts'
import { createExchange } from './exchange.ts'
import { type FactoryOptions, manufacture } from './factory.ts'
import { createMemory, type Effect, MemoryFailure, type PowerCut } from './memory.ts'
import { type CardModel, MODELS, type ModelName } from './models.ts'
import { NITROKEY_ATR } from './nitrokey.ts'
import type { Persistent } from './state.ts'

/** What a card needs to run, apart from its state. */
export type RuntimeOptions = {
  readonly random: (length: number) => Uint8Array
  readonly now: () => Date
  /** Keeps the whole state, atomically, before the card answers; see store.ts. Default: in memory only. */
  readonly persist?: (state: Persistent) => Promise<void>
  /** Told when `persist` failed (the card itself answers 6581). */
  readonly onStoreError?: (cause: unknown) => void
  readonly keyPool?: KeyPool
  readonly quirks?: Quirks
  /** Called for each exchange, with secrets blanked by the card package's redactApdu. */
  readonly onExchange?: (exchange: { readonly command: string; readonly answer: string }) => void
}

export type VirtualCardOptions = FactoryOptions & RuntimeOptions

/** A card in software. It has power from the start; `transmit` without power throws CARD_REMOVED. */
export interface VirtualCard extends ApduTransport {
  readonly model: ModelName
  readonly serial: number
  readonly atr: Uint8Array
  readonly powered: boolean
  /** Returns the ATR. */
  powerOn(): Uint8Array
  powerOff(): void
  /** Warm reset: returns the ATR. */
  reset(): Uint8Array
  /** Everything the card keeps without power; immutable. */
  state(): Persistent
  /** Persistent changes so far. */
  effects(): number
  onEffect(listener: (effect: Effect) => void): () => void
  /** Power goes away before or after the n-th persistent change from now (1 = the next). */
  cutPowerAfter(n: number, variant: PowerCut): void
  /** Called when power went away at a cut point. */
  onPowerLost(listener: () => void): () => void
}

/** A new card, as its maker ships it. */
export function createVirtualCard(options: VirtualCardOptions): VirtualCard {
  return runVirtualCard(manufacture(options), options)
}

/** A card with the state it had. */
export function runVirtualCard(initial: Persistent, options: RuntimeOptions): VirtualCard {
  const model = MODELS[initial.model]
  const atr = options.quirks?.speaksLikeNitrokey ? NITROKEY_ATR : model.atr
  let powered = true
  /** Counts power-ups and resets, so that a command that was running then can have no effect later. */
  let life = 0
  let runningLife = 0
  let exchange = createExchange(model)
  let selection = freshSelection(model)
  let queue: Promise<unknown> = Promise.resolve()
  const powerLost = new Set<() => void>()

  const memory = createMemory(initial, options.persist ?? (async () => {}), () => {
    setPower(false)
    for (const listener of powerLost) listener()
  })
  const card: CardContext = {
    model,
    quirks: options.quirks ?? {},
    random: options.random,
    now: options.now,
    keyPool: options.keyPool,
    state: memory.state,
    async write(name, next) {
      if (life !== runningLife) throw removed()
      await memory.write(name, next)
    },
  }

  function setPower(on: boolean): void {
    powered = on
    life++
    exchange = createExchange(model)
    selection = freshSelection(model)
  }

  async function process(apdu: Uint8Array): Promise<Answer> {
    const command = parseCommand(apdu)
    if (!command || (command.extended && !model.extendedLength)) return refuse(SW.wrongLength)
    const classError = checkClass(model, command)
    if (classError) return refuse(classError)
    const [ownExchange, ownSelection] = [exchange, selection]
    const received = ownExchange.receive(command)
    if ('answer' in received) return received.answer
    const run = received.run
    const answer = isSelect(run) ? select(card, ownSelection, run) : await runSelected(card, ownSelection, run)
    return ownExchange.send(command, answer)
  }

  async function transmit(apdu: Uint8Array): Promise<Uint8Array> {
    if (!powered) throw removed()
    runningLife = life
    const answer = encodeAnswer(await process(apdu).catch(memoryFailure))
    if (life !== runningLife) throw removed()
    options.onExchange?.({ command: redactApdu(toHex(apdu)), answer: toHex(answer) })
    return answer
  }

  function memoryFailure(error: unknown): Answer {
    if (!(error instanceof MemoryFailure)) throw error
    options.onStoreError?.(error.cause)
    return refuse(0x6581)
  }

  return {
    model: model.name,
    serial: initial.serial,
    atr,
    get powered() {
      return powered
    },
    transmit(apdu) {
      const result = queue.then(() => transmit(apdu))
      queue = result.catch(() => {})
      return result
    },
    powerOn() {
      setPower(true)
      return atr
    },
    powerOff: () => setPower(false),
    reset() {
      setPower(true)
      return atr
    },
    state: memory.state,
    effects: memory.effects,
    onEffect: memory.onEffect,
    cutPowerAfter: memory.cutPowerAfter,
    onPowerLost(listener) {
      powerLost.add(listener)
      return () => powerLost.delete(listener)
    },
  }
}

/** ISO 7816-4 §5.4.1: one logical channel, no PIV secure messaging (0C), GlobalPlatform's 80 and 04 where it is known. */
function checkClass(model: CardModel, command: Command): number | undefined {
  const globalPlatform = (command.cla & 0xeb) === 0x80
  if (command.cla >= 0x40 && !globalPlatform) return SW.classNotSupported
  if ((command.cla & 0x03) !== 0) return SW.channelNotSupported
  const secured = command.cla & 0x0c
  return secured === 0 || (secured === 0x04 && model.securityDomain?.scp03) ? undefined : SW.secureMessagingNotSupported
}

function removed(): CardError {
  return new CardError('CARD_REMOVED', 'the card has no power or was taken out')
}
