import { CardDataError, CardError, CardStatusError, describeStatus, statusHex } from '@cardwright/card'
import { type Refusal, type RefusalCode, RefusalError, refuse } from '../outcome/refusal.ts'
import { CertificateAuthorityError } from '../ports/certificate-authority.ts'
import { StoreError } from '../ports/store.ts'

const fromCard: Readonly<Partial<Record<CardError['code'], RefusalCode>>> = {
  CARD_REMOVED: 'CARD_REMOVED',
  CARD_EXCHANGED: 'CARD_EXCHANGED',
  CARD_IN_USE: 'CARD_IN_USE',
  READER_LOST: 'READER_LOST',
  RELAY_LOST: 'RELAY_LOST',
}

/** 6983 from a command that proves a PIN or PUK: that one has no tries left (SP 800-73-5 part 2 §3.2). */
const ofBlocked: Readonly<Record<string, RefusalCode>> = {
  'piv.change-puk': 'CARD_PUK_BLOCKED',
  'piv.reset-retry-counter': 'CARD_PUK_BLOCKED',
  'piv.verify': 'CARD_PIN_BLOCKED',
}

/** Any error that can come up in an issuance, as the refusal that a person is told. Causes are kept for the log. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof RefusalError) return error.refusal
  if (error instanceof CardStatusError) {
    const blocked = error.sw === 0x6983 ? ofBlocked[error.command] : undefined
    if (blocked) return refuse(blocked)
    return refuse('CARD_STATUS_UNEXPECTED', {
      command: error.command,
      sw: statusHex(error.sw),
      meaning: describeStatus(error.sw, error.command),
    })
  }
  if (error instanceof CardDataError)
    return refuse('CARD_ANSWER_UNEXPECTED', { command: error.stoppedAt?.command ?? 'reading the card' })
  if (error instanceof CardError) {
    const code = fromCard[error.code]
    return code ? refuse(code, { expected: 'the one that was there before' }) : refuse('INTERNAL')
  }
  if (error instanceof CertificateAuthorityError)
    return refuse(error.code, error.code === 'CA_REFUSED' ? { detail: error.message } : {})
  if (error instanceof StoreError) return refuse(error.code === 'STORE_FULL' ? 'STORE_FULL' : 'STORE_UNAVAILABLE')
  return refuse('INTERNAL')
}
