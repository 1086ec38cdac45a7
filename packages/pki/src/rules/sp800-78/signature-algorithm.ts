import { type Rule, unless } from '../rule.ts'

/** SP 800-78-5 §3.2: certificates are signed with SHA-256 or stronger. A root's own signature protects nothing, but is checked too. */
export const signatureAlgorithm: Rule = {
  id: 'sp800-78/signature-algorithm',
  check: ({ signatureAlgorithm: { scheme, hash, oid } }) =>
    unless(scheme !== undefined && hash !== 'sha1', `Signature algorithm ${oid} is not allowed`),
}
