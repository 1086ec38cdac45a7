import type { VirtualCard } from '@cardwright/card-virtual'
import { type AttachedCard, attachCard } from '../interop/pcscd.ts'

/** A card in slot 0 whose holder does the wrong thing at a chosen command. */
export type ClumsyCard = {
  readonly card: VirtualCard
  putIn(): Promise<void>
  takeOut(): Promise<void>
  /**
   * From now on, when the last of these commands comes (in this order, others between them), the card is taken out: before
   * it has heard the command, or after it has carried it out and before it answers.
   */
  pullAt(when: 'before' | 'after', ...commands: readonly Command[]): void
  /** The card takes its time at the last of these commands. `reached` settles there; it goes on with `letGo`. */
  holdAt(...commands: readonly Command[]): { readonly reached: Promise<void>; letGo(): void }
}

/** INS of a command (ISO 7816-4 §5.1) and, where it matters, its P2, its least length in bytes, or bytes in it as hex. */
export type Command = { readonly ins: number; readonly p2?: number; readonly least?: number; readonly holds?: string }

const is = ({ ins, p2, least = 0, holds = '' }: Command, apdu: Uint8Array): boolean =>
  apdu[1] === ins &&
  (p2 === undefined || apdu[3] === p2) &&
  apdu.length >= least &&
  Buffer.from(apdu).toString('hex').includes(holds)

type Trap = { waitsFor: readonly Command[]; spring: (run: () => Promise<Uint8Array>) => Promise<Uint8Array> }

export const clumsyCard = (card: VirtualCard): ClumsyCard => {
  let attached: AttachedCard | undefined
  let trap: Trap | undefined
  const transmit = (apdu: Uint8Array): Promise<Uint8Array> => {
    const run = () => card.transmit(apdu)
    const next = trap?.waitsFor[0]
    if (!trap || !next || !is(next, apdu)) return run()
    trap.waitsFor = trap.waitsFor.slice(1)
    if (trap.waitsFor.length > 0) return run()
    const { spring } = trap
    trap = undefined
    return spring(run)
  }
  const inReader: VirtualCard = Object.assign(Object.create(card), { transmit })
  return {
    card,
    putIn: async () => {
      attached = await attachCard(inReader)
    },
    takeOut: async () => {
      await attached?.detach()
      attached = undefined
    },
    pullAt: (when, ...waitsFor) => {
      trap = {
        waitsFor,
        spring: async run => {
          if (when === 'after') await run()
          card.powerOff()
          return run()
        },
      }
    },
    holdAt: (...waitsFor) => {
      const reached = Promise.withResolvers<void>()
      const free = Promise.withResolvers<void>()
      trap = {
        waitsFor,
        spring: async run => {
          reached.resolve()
          await free.promise
          return run()
        },
      }
      return { reached: reached.promise, letGo: free.resolve }
    },
  }
}
