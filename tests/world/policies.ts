import { type PolicyContent, policyDefaults } from '@cardwright/core'

const slot = (name: string, profile: PolicyContent['slots'][number]['profile']): PolicyContent['slots'][number] => ({
  slot: name,
  profile,
  algorithms: ['P-256'],
  pinPolicy: 'DEFAULT',
  touchPolicy: 'DEFAULT',
  validityDays: 1095,
})

/** Four elliptic keys: what takes least time on a virtual card. */
export const pivPolicy: PolicyContent = {
  name: 'PIV with P-256',
  description: '',
  slots: [
    slot('9A', 'piv-authentication'),
    slot('9C', 'digital-signature'),
    slot('9D', 'key-management'),
    slot('9E', 'card-authentication'),
  ],
  objects: { printedInformation: 'IF_POSSIBLE', securityObject: 'IF_POSSIBLE', discovery: 'IF_POSSIBLE' },
  pin: {
    rules: {
      minLength: 6,
      maxLength: 8,
      characters: 'DIGITS',
      maxRepeated: 2,
      maxSequence: 3,
      minDistinct: 3,
      forbidFactoryValues: true,
    },
    retries: 5,
    pukRetries: 5,
  },
  proofOfPossession: false,
  attestation: 'NO',
  keepManufacturerKey: true,
  validityDays: 1100,
  ...policyDefaults,
}
