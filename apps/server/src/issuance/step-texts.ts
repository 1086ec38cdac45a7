import { fillText, type Issuance, type IssuanceError, type PlanStepName } from '@cardwright/core'

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

const objectTexts: Readonly<Record<string, string>> = {
  ccc: 'the card capability container',
  discovery: 'the discovery object',
  'key-history': 'the key history',
  'printed-information': 'the printed information',
  'security-object': 'the security object',
}

export const stepText = (name: PlanStepName, params: Readonly<Record<string, string>>): string =>
  fillText(stepTexts[name], params.object ? { ...params, object: objectTexts[params.object] ?? params.object } : params)

/** The step at which an issuance failed, with the slot or object it was about. */
export const failedStepText = (error: IssuanceError, steps: Issuance['steps']): string =>
  stepText(error.step, steps.find(({ name, state }) => name === error.step && state === 'FAILED')?.params ?? {})

const noteTexts: Readonly<Record<string, string>> = {
  FIXED_RETRIES: 'This card has a fixed number of PIN and PUK tries.',
  MANUFACTURER_KEY_KEPT: 'This card keeps the individual administration key of its manufacturer.',
  CHUID_UNSIGNED: 'The CHUID is not signed: there is no content signing certificate.',
  MAKER_UNKNOWN: 'The device attests its keys, but its maker is not among those trusted here.',
  OBJECT_SKIPPED: 'The card refused {object}; it was left out.',
}

export const noteText = (code: string, params: Readonly<Record<string, string>>): string =>
  fillText(noteTexts[code] ?? code, params)
