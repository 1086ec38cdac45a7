import { t } from '../texts/t.ts'

/** What the server advises here is for operators: recycling, policies, other people's pages. */
const forHelpDesk =
  /^(?:POLICY_|SUBJECT_|ATTESTATION_|PROOF_|PUK_|CARD_PUK_|CARD_PIN_BLOCKED|CARD_NOT_(?:IDENTIFIABLE|BLANK)|CARD_FOREIGN_|CARD_CANNOT_|CARD_NEEDS_RECYCLING|CARD_ALREADY_ISSUED|CA_REFUSED|CA_WRONG_|STORE_FULL|NOT_PERMITTED|USER_DISABLED|WRONG_STATE)/

/** What now, for the holder in front of the page; `said` is the server's own advice, good for all other codes. */
export const holderAdvice = (code: string, said: string): string => {
  if (forHelpDesk.test(code)) return t('advice.callHelp')
  if (code === 'CARD_ISSUED_TO_OTHER') return t('advice.ownDevice')
  if (code === 'CARD_EXCHANGED') return t('advice.sameDevice')
  if (code === 'PIN_BLOCKED') return t('advice.unlock')
  return said
}
