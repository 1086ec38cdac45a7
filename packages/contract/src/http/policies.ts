import { z } from 'zod'
import { route } from '../route.ts'
import {
  certificateProfile,
  id,
  keyAlgorithm,
  name,
  pinPolicy,
  slot,
  text,
  timestamp,
  touchPolicy,
  version,
} from '../vocabulary.ts'

export const pinRules = z.object({
  minLength: z.int().min(6).max(8),
  maxLength: z.int().min(6).max(8),
  /** PIV allows digits only (SP 800-73-5 part 2 §2.4.3); kept as data because later applications differ. */
  characters: z.literal('DIGITS'),
  /** Longest run of one digit, e.g. 2 forbids 111. 8 = no rule. */
  maxRepeated: z.int().min(1).max(8),
  /** Longest ascending or descending run, e.g. 3 forbids 1234. 8 = no rule. */
  maxSequence: z.int().min(2).max(8),
  minDistinct: z.int().min(1).max(6),
  forbidFactoryValues: z.boolean(),
})

export const slotPolicy = z.object({
  slot,
  profile: certificateProfile,
  /** In order of preference; the first that the card has is used. */
  algorithms: z.array(keyAlgorithm).min(1).max(6),
  pinPolicy: pinPolicy.default('DEFAULT'),
  touchPolicy: touchPolicy.default('DEFAULT'),
  validityDays: z.int().min(1).max(1096),
})

export const policyContent = z.object({
  name,
  description: text(500).default(''),
  slots: z.array(slotPolicy).max(24),
  objects: z.object({
    printedInformation: z.enum(['REQUIRED', 'IF_POSSIBLE', 'NO']).default('NO'),
    securityObject: z.enum(['REQUIRED', 'IF_POSSIBLE', 'NO']).default('IF_POSSIBLE'),
    discovery: z.enum(['REQUIRED', 'IF_POSSIBLE', 'NO']).default('IF_POSSIBLE'),
  }),
  pin: z.object({ rules: pinRules, retries: z.int().min(3).max(10), pukRetries: z.int().min(3).max(10) }),
  /** Certificate requests are signed by the card's key before a certificate is issued (one more round trip). */
  proofOfPossession: z.boolean().default(false),
  /** Keys must be proven to be made on the device by its attestation. */
  attestation: z.enum(['REQUIRED', 'IF_POSSIBLE', 'NO']).default('NO'),
  /** A card that cannot change its administration key may keep its manufacturer's individual one. */
  keepManufacturerKey: z.boolean().default(false),
  validityDays: z.int().min(1).max(2190),
  /** REQUIRED = validated issuance: an initial issuance needs an approved request. */
  approval: z.enum(['NONE', 'REQUIRED']).default('NONE'),
  /** What a replacement does with the archived keys of the device before it: nothing, puts them on, or also revokes them. */
  keyRecovery: z.enum(['NONE', 'KEEP', 'REVOKE']).default('NONE'),
})
export type PolicyContent = z.infer<typeof policyContent>

/**
 * What may be published: what could only fail later, at a card, is refused while somebody can still mend it. Answers use
 * `policyContent`, so that an earlier release's policies can be shown. Any PIN rules within their bounds can be kept
 * (by 135792 and its like) if the lengths are in order.
 */
export const publishablePolicy = policyContent.superRefine(({ slots, keyRecovery, pin: { rules } }, context) => {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (rules.minLength > rules.maxLength) {
    refuse(['pin', 'rules', 'minLength'], `must not exceed the greatest length, ${rules.maxLength}`)
  }
  if (keyRecovery !== 'NONE') {
    refuse(['keyRecovery'], 'must be NONE: there is no key archive yet that keys could be recovered from')
  }
  for (const [index, { slot, profile, algorithms }] of slots.entries()) {
    if (slots.findIndex(s => s.slot === slot) < index) refuse(['slots', index, 'slot'], `slot ${slot} is there twice`)
    // RFC 8410 §5: an Ed25519 key signs only, so the key management profile always refuses it.
    if (profile === 'key-management' && algorithms.includes('Ed25519')) {
      refuse(['slots', index, 'algorithms'], `slot ${slot}: Ed25519 cannot be used for key management`)
    }
  }
})

export const policy = z.object({
  id,
  version,
  content: policyContent,
  publishedAt: timestamp,
  publishedBy: z.string(),
  note: z.string(),
  retired: z.boolean(),
  groups: z.array(z.object({ id, name: z.string() })),
})
export type Policy = z.infer<typeof policy>

/** One step of a plan, named for a person; `key` is looked up in the text catalogue with `params`. */
export const planStep = z.object({ key: z.string(), params: z.record(z.string(), z.string()) })
export const dryRun = z.object({
  fits: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  notes: z.array(z.object({ code: z.string(), text: z.string() })),
  steps: z.array(planStep),
  card: z.object({ model: z.string(), serial: z.string().nullable(), capabilities: z.record(z.string(), z.string()) }),
})

export const policyRoutes = {
  listPolicies: route({
    id: 'listPolicies',
    method: 'GET',
    path: '/api/policies',
    tag: 'policies',
    summary: 'Device policies, newest version of each',
    access: 'policy.read',
    answer: z.object({ rows: z.array(policy) }),
  }),
  getPolicy: route({
    id: 'getPolicy',
    method: 'GET',
    path: '/api/policies/:id',
    tag: 'policies',
    summary: 'One policy',
    access: 'policy.read',
    about: 'policy',
    params: z.object({ id }),
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    answer: policy,
  }),
  policyVersions: route({
    id: 'policyVersions',
    method: 'GET',
    path: '/api/policies/:id/versions',
    tag: 'policies',
    summary: 'All versions of a policy',
    access: 'policy.read',
    about: 'policy',
    params: z.object({ id }),
    answer: z.object({ rows: z.array(policy) }),
  }),
  createPolicy: route({
    id: 'createPolicy',
    method: 'POST',
    path: '/api/policies',
    tag: 'policies',
    summary: 'Create a policy (duplicating = create with the content of another)',
    access: 'policy.write',
    needsAllGroups: true,
    idempotent: true,
    body: z.object({ content: publishablePolicy, note: text(500) }),
    answer: policy,
  }),
  publishPolicy: route({
    id: 'publishPolicy',
    method: 'PUT',
    path: '/api/policies/:id',
    tag: 'policies',
    summary: 'Publish a new version',
    access: 'policy.write',
    about: 'policy',
    needsAllGroups: true,
    params: z.object({ id }),
    body: z.object({ version, content: publishablePolicy, note: text(500), retired: z.boolean().default(false) }),
    answer: policy,
  }),
  dryRunPolicy: route({
    id: 'dryRunPolicy',
    method: 'POST',
    path: '/api/policies/dry-run',
    tag: 'policies',
    summary: 'What a policy would do to the card in a reader; nothing is written',
    access: 'policy.read',
    aboutBody: { readerId: 'reader' },
    body: z.object({ content: publishablePolicy, readerId: text(300) }),
    answer: dryRun,
  }),
}
