import { ascii } from '../bytes.ts'
import { derCursor, openSequence, smallInteger } from '../der/read.ts'
import { stringValue } from '../der/string.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { explicit, integer, sequence, tlv } from '../der/write.ts'
import { malformed, PkiError } from '../pki-error.ts'

/** id-pkinit-san: otherName that names a Kerberos principal (RFC 4556 §3.2.2). */
export const PKINIT_SAN = '1.3.6.1.5.2.2'

export interface KerberosPrincipal {
  /** `ada` or `host/server.example`; `/` parts the components. */
  readonly principal: string
  readonly realm: string
}

const NT_PRINCIPAL = 1
const MAX_COMPONENTS = 16
const generalString = (text: string) => tlv(TAG.generalString, ascii(text))

/** KRB5PrincipalName ::= SEQUENCE { realm [0] Realm, principalName [1] PrincipalName } with name-type KRB_NT_PRINCIPAL. */
export function encodeKerberosPrincipal({ principal, realm }: KerberosPrincipal): Uint8Array {
  const components = principal.split('/')
  if (realm === '' || components.some(component => component === '')) {
    throw new PkiError('value-invalid', `"${principal}@${realm}" is not a Kerberos principal`)
  }
  return sequence(
    explicit(0, generalString(realm)),
    explicit(1, sequence(explicit(0, integer(NT_PRINCIPAL)), explicit(1, sequence(...components.map(generalString))))),
  )
}

export function decodeKerberosPrincipal(value: Uint8Array): KerberosPrincipal {
  const what = 'KRB5PrincipalName'
  const outer = openSequence(value, value.length, what)
  const realm = stringValue(outer.enter(contextConstructed(0), what).take(TAG.generalString, what), what)
  const name = derCursor(outer.enter(contextConstructed(1), what).take(TAG.sequence, what).value)
  outer.end(what)
  smallInteger(name.enter(contextConstructed(0), what).take(TAG.integer, what), what)
  const parts = name.enter(contextConstructed(1), what).enter(TAG.sequence, what)
  name.end(what)
  const components: string[] = []
  while (parts.peek() !== undefined) {
    if (components.length === MAX_COMPONENTS) throw malformed(`${what}: more than ${MAX_COMPONENTS} components`)
    components.push(stringValue(parts.take(TAG.generalString, what), what))
  }
  return { principal: components.join('/'), realm }
}
