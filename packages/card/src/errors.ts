import { describeStatus, statusHex } from './apdu/status-words.ts'

/** All that goes wrong between us and a card; `code` is stable, data are fields, never secrets. */
export type CardErrorCode =
  | 'CARD_REMOVED'
  | 'CARD_EXCHANGED'
  | 'CARD_IN_USE'
  | 'READER_LOST'
  | 'CARD_STATUS'
  | 'CARD_DATA'
  | 'SCRIPT_REFUSED'
  | 'RELAY_LOST'

/**
 * Where a script ended: index and name of the step, and how many steps before it were accepted by the card and thus
 * had their effect. The step itself may have had its effect too when the card was pulled.
 */
export type StoppedAt = { readonly step: number; readonly command: string; readonly results: number }

export type CardErrorOptions = ErrorOptions & { readonly stoppedAt?: StoppedAt }

export class CardError extends Error {
  readonly code: CardErrorCode
  readonly stoppedAt: StoppedAt | undefined
  constructor(code: CardErrorCode, message: string, options?: CardErrorOptions) {
    super(message, options)
    this.name = 'CardError'
    this.code = code
    this.stoppedAt = options?.stoppedAt
  }
}

/** A status word that the command does not accept. `attemptsRemaining` where the word tells it (63CX). */
export class CardStatusError extends CardError {
  readonly command: string
  readonly sw: number
  readonly attemptsRemaining: number | undefined
  constructor(command: string, sw: number, attemptsRemaining?: number, options?: CardErrorOptions) {
    super('CARD_STATUS', `${command}: the card answered ${statusHex(sw)} (${describeStatus(sw, command)})`, options)
    this.command = command
    this.sw = sw
    this.attemptsRemaining = attemptsRemaining
  }
}

/** Bytes from the card that are not what the standard says. */
export class CardDataError extends CardError {
  constructor(message: string, options?: CardErrorOptions) {
    super('CARD_DATA', message, options)
  }
}
