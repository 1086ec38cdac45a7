import type { KeyPool } from './crypto.ts'
import type { CardModel } from './models.ts'
import type { Persistent } from './state.ts'

/** Ways in which cards in the field stray from the standard; default none. */
export type Quirks = {
  /** Selecting PIV again while it is selected forgets PIN and administrator. */
  readonly selectForgetsStatus?: boolean
  /** A wrong administration key is answered 6A80 instead of 6982. */
  readonly wrongAdministrationKeyIs6A80?: boolean
  /** No CPLC: a card without a serial number is then known by its CHUID alone. */
  readonly tellsNoLifeCycle?: boolean
  /** EC keys in 9D and 82 to 95 refuse to sign (SP 800-73pt2-5 §3.2.4 names them for key establishment only). */
  readonly keyManagementKeysOnlyAgree?: boolean
  /** For `yubikey-5.2`: answers as a Nitrokey 3 does, ATR and admin application included; see nitrokey.ts. */
  readonly speaksLikeNitrokey?: boolean
}

/** What the card's parts may use: the state as it is now, one way to change it, randomness and time. */
export type CardContext = {
  readonly model: CardModel
  readonly quirks: Quirks
  readonly random: (length: number) => Uint8Array
  readonly now: () => Date
  readonly keyPool: KeyPool | undefined
  state(): Persistent
  /**
   * One effect: the whole next state is stored, or nothing of it. `name` is stable, for tests and traces.
   * Throws (and the command ends there) if power was lost in the meantime.
   */
  write(name: string, next: Persistent): Promise<void>
}
