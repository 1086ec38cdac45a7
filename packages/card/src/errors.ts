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

export class CardError extends Error {
  readonly code: CardErrorCode
  constructor(code: CardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CardError'
    this.code = code
  }
}

/** A status word that the command does not accept. `attemptsRemaining` where the word tells it (63CX). */
export class CardStatusError extends CardError {
  readonly command: string
  readonly sw: number
  readonly attemptsRemaining: number | undefined
  constructor(command: string, sw: number, attemptsRemaining?: number) {
    super('CARD_STATUS', `${command}: the card answered ${sw.toString(16).toUpperCase().padStart(4, '0')}`)
    this.command = command
    this.sw = sw
    this.attemptsRemaining = attemptsRemaining
  }
}

/** Bytes from the card that are not what the standard says. */
export class CardDataError extends CardError {
  constructor(message: string, options?: ErrorOptions) {
    super('CARD_DATA', message, options)
  }
}
