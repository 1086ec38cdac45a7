const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?$/u

/**
 * Whether this is one bare address that mail can be sent to: a dot-atom and a domain (RFC 5321 §4.1.2), the domain maybe
 * in letters of any script. Quoted local parts and address literals are refused: nobody has one, and each is a way to
 * say something else to a mail server.
 */
export const isMailAddress = (text: string): boolean => {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  // RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all.
  if (at < 1 || local.length > 64 || text.length > 254) return false
  return LOCAL.test(local) && domain.split('.').every(label => label.length <= 63 && LABEL.test(label))
}
