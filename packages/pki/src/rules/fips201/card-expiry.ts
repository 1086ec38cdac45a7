import { HOLDER, type Rule, unless } from '../rule.ts'

/** FIPS 201-3 §2.9.1: the expiration date of a certificate is not after that of the card. */
export const cardExpiry: Rule = {
  id: 'fips201/card-expiry',
  profiles: HOLDER,
  check: ({ notAfter }, { cardNotAfter }) =>
    unless(!cardNotAfter || notAfter <= cardNotAfter, 'The certificate outlives the card'),
}
