import { equalBytes } from '../../bytes.ts'
import { type Rule, unless } from '../rule.ts'

/** The certificate is for the key that is on the card: a certificate for another key would be written next to the wrong key. */
export const publicKey: Rule = {
  id: 'request/public-key',
  check: (certificate, { publicKey: wanted }) =>
    unless(equalBytes(certificate.publicKey.spki, wanted), 'It holds another public key than the one that was sent'),
}
