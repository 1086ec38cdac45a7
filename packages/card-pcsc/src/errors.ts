import { CardError } from '@cardwright/card'

/** PC/SC itself cannot be used: no service, or no library on this machine. A kind of READER_LOST. */
export class PcscUnavailableError extends CardError {
  constructor(cause?: unknown) {
    super(
      'READER_LOST',
      'The smart card service (PC/SC) does not answer. On Debian: apt-get install pcscd, then start it; on Windows start the "Smart Card" service.',
      { cause },
    )
    this.name = 'PcscUnavailableError'
  }
}

const CARD_GONE = ['RemovedCard', 'NoSmartCard', 'ResetCard', 'UnpoweredCard', 'InvalidHandle']
const CARD_MUTE = [
  'UnresponsiveCard',
  'UnsupportedCard',
  'UnknownCard',
  'CardUnsupported',
  'InvalidAtr',
  'ProtoMismatch',
]
const SERVICE_GONE = ['NoService', 'ServiceStopped', 'CommError', 'Shutdown', 'NotStarted']

/** pcsc-mini's error as one of ours; `reader` is named in the message. */
export function toCardError(error: unknown, reader: string): CardError {
  if (error instanceof CardError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const options = { cause: error }
  if (SERVICE_GONE.includes(code)) return new PcscUnavailableError(error)
  if (code === 'SharingViolation') {
    return new CardError('CARD_IN_USE', `Another program uses the card in ${reader}. Close it and try again.`, options)
  }
  if (CARD_GONE.includes(code)) return new CardError('CARD_REMOVED', `The card was taken out of ${reader}.`, options)
  if (CARD_MUTE.includes(code)) {
    return new CardError('CARD_REMOVED', `The card in ${reader} does not answer. Is it the right way round?`, options)
  }
  return new CardError('READER_LOST', `The reader ${reader} does not answer (${code || 'unknown error'}).`, options)
}
