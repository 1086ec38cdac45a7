import { fillText, type PlanStepName } from '@cardwright/core'

/** Names of steps in English, for problem documents, the terminal and copied details; the portal has its own catalogue. */
const stepTexts: Readonly<Record<PlanStepName, string>> = {
  claim: 'Reserve the device',
  'read-card': 'Read the device',
  'reset-card': 'Reset the device',
  authenticate: 'Authenticate to the device',
  'set-retries': 'Set the number of PIN tries',
  'write-identity': 'Write the card’s identity',
  'clear-slot': 'Clear slot {slot}',
  'set-puk': 'Set the PUK',
  'set-pin': 'Set the PIN',
  'set-administration-key': 'Set the administration key',
  'keep-manufacturer-key': 'Keep the manufacturer’s administration key',
  'generate-key': 'Generate the key in {slot}',
  'check-attestation': 'Check that the key was made on the device ({slot})',
  'write-object': 'Write {object}',
  'sign-request': 'Sign the certificate request for {slot}',
  'issue-certificate': 'Issue the certificate for {slot}',
  'write-certificate': 'Write the certificate to {slot}',
  'check-card': 'Check the device',
  'holder-pin': 'Set the holder’s new PIN',
  'blank-card': 'Erase the device',
  finish: 'Finish',
}

export const stepText = (name: PlanStepName, params: Readonly<Record<string, string>>): string =>
  fillText(stepTexts[name], params)

const noteTexts: Readonly<Record<string, string>> = {
  FIXED_RETRIES: 'This card has a fixed number of PIN and PUK tries.',
  MANUFACTURER_KEY_KEPT: 'This card keeps the individual administration key of its manufacturer.',
  CHUID_UNSIGNED: 'The CHUID is not signed: there is no content signing certificate.',
  OBJECT_SKIPPED: 'The card refused {object}; it was left out.',
}

export const noteText = (code: string, params: Readonly<Record<string, string>>): string =>
  fillText(noteTexts[code] ?? code, params)
