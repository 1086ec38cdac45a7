import type { CardFacts } from '../issuance/card-facts.ts'
import type { User } from '../people/user.ts'
import type { PolicyContent } from '../policy/device-policy.ts'

/** Sample values for unit tests. */
export const blankFacts: CardFacts = {
  identity: 'serial:1',
  serial: '1',
  model: 'test card',
  form: 'key',
  algorithms: {
    '9A': ['P-256'],
    '9C': ['P-256'],
    '9D': ['P-256'],
    '9E': ['P-256'],
    '82': ['P-256'],
    '83': ['P-256'],
  },
  keyPolicies: true,
  attestation: true,
  reset: true,
  deleteKey: true,
  metadata: true,
  setRetries: true,
  administrationKeyAlgorithms: ['AES-256'],
  administrationKeyAlgorithm: 'AES-192',
  administrationKeyIsFactory: true,
  factoryAdministrationKeys: [{ kind: 'well-known', name: 'yubico-default', algorithm: 'AES-192' }],
  factoryPin: '123456',
  factoryPuk: '12345678',
  pin: { total: 5, left: 5, isFactory: true },
  puk: { total: 5, left: 5, isFactory: true },
  keys: {},
  occupied: [],
  guid: null,
  cannotSign: [],
  contactless: false,
  witnessForm: 'standard',
  maxObjectBytes: 3052,
}

const slot = (name: string, profile: PolicyContent['slots'][number]['profile']): PolicyContent['slots'][number] => ({
  slot: name,
  profile,
  algorithms: ['P-256'],
  pinPolicy: 'DEFAULT',
  touchPolicy: 'DEFAULT',
  validityDays: 1096,
})

export const pivPolicy: PolicyContent = {
  name: 'PIV',
  description: '',
  slots: [
    slot('9A', 'piv-authentication'),
    slot('9C', 'digital-signature'),
    slot('9D', 'key-management'),
    slot('9E', 'card-authentication'),
  ],
  objects: { printedInformation: 'NO', securityObject: 'IF_POSSIBLE', discovery: 'IF_POSSIBLE' },
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
  keepManufacturerKey: false,
  validityDays: 1096,
  approval: 'NONE',
  keyRecovery: 'NONE',
}

export const somebody: User = {
  id: '0198a000-0000-7000-8000-000000000001',
  version: 1,
  loginName: 'anna',
  displayName: 'Anna Beispiel',
  givenName: 'Anna',
  familyName: 'Beispiel',
  email: 'anna@example.org',
  upn: 'anna@example.org',
  sid: null,
  employeeNumber: null,
  department: null,
  language: null,
  status: 'ACTIVE',
  role: null,
  groupIds: [],
  cardholderUuid: '6f1c1c2e-7d6f-4e64-9c2e-0d6d3c1f0001',
  createdAt: 0,
}
