import type { PolicyContent } from '@cardwright/contract'
import { policyDefaults } from '@cardwright/core'

type Slot = PolicyContent['slots'][number]

const rules: PolicyContent['pin']['rules'] = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 2,
  maxSequence: 3,
  minDistinct: 3,
  forbidFactoryValues: true,
}

/** The four slots of SP 800-73-5 with one choice of algorithms. */
const fourSlots = (algorithms: Slot['algorithms'], change: Partial<Slot> = {}): Slot[] => {
  const slot = (slot: string, profile: Slot['profile']): Slot => ({
    slot,
    profile,
    algorithms,
    pinPolicy: 'DEFAULT',
    touchPolicy: 'DEFAULT',
    validityDays: 1095,
    ...change,
  })
  return [
    slot('9A', 'piv-authentication'),
    slot('9C', 'digital-signature'),
    slot('9D', 'key-management'),
    slot('9E', 'card-authentication'),
  ]
}

const base: Omit<PolicyContent, 'name' | 'description' | 'slots'> = {
  objects: { printedInformation: 'IF_POSSIBLE', securityObject: 'IF_POSSIBLE', discovery: 'IF_POSSIBLE' },
  pin: { rules, retries: 5, pukRetries: 5 },
  proofOfPossession: false,
  attestation: 'NO',
  keepManufacturerKey: false,
  validityDays: 1095,
  ...policyDefaults,
}

/** `rsa` and the rest name them in this file only. */
export const demoPolicies: Readonly<Record<'rsa' | 'ecc' | 'strong' | 'card' | 'heavy', PolicyContent>> = {
  rsa: {
    ...base,
    name: 'PIV, RSA-2048',
    description: 'Four RSA-2048 keys: log-on, signature, encryption and doors. For every card and key.',
    slots: fourSlots(['RSA-2048']),
    keepManufacturerKey: true,
  },
  ecc: {
    ...base,
    name: 'PIV, P-256',
    description: 'Four keys on P-256: small certificates, fast issuance.',
    slots: fourSlots(['P-256']),
    keepManufacturerKey: true,
  },
  strong: {
    ...base,
    name: 'Security key, strong keys',
    description:
      'RSA-3072 for encryption, P-384 for log-on and signature, Ed25519 for SSH; keys proven to be made on the key.',
    slots: [
      ...fourSlots(['P-384']).map(
        (s): Slot =>
          s.slot === '9D' ? { ...s, algorithms: ['RSA-3072'] } : s.slot === '9E' ? { ...s, algorithms: ['P-256'] } : s,
      ),
      {
        slot: '82',
        profile: 'piv-authentication',
        algorithms: ['Ed25519'],
        pinPolicy: 'ONCE',
        touchPolicy: 'DEFAULT',
        validityDays: 365,
      },
    ],
    proofOfPossession: true,
    attestation: 'REQUIRED',
  },
  card: {
    ...base,
    name: 'Plain smart card',
    description: 'Cards that keep their manufacturer’s individual administration key and a fixed number of PIN tries.',
    slots: fourSlots(['RSA-2048', 'P-256']),
    keepManufacturerKey: true,
  },
  heavy: {
    ...base,
    name: 'Security key, RSA-4096 with touch',
    description: 'Four RSA-4096 keys, attested, a touch for each use. Only the newest security keys have all of this.',
    slots: fourSlots(['RSA-4096'], { touchPolicy: 'ALWAYS' }),
    attestation: 'REQUIRED',
  },
}
