/**
 * Readers of a workstation are known by the session that its browser tab belongs to and their name there, so that an
 * issuance finds its reader again after the connection broke, also at another server.
 */
export const workstationReader = (sessionId: string, readerId: string): string => `workstation:${sessionId}:${readerId}`

/** Null for a reader of the server's own machine. Readers' own names may hold colons. */
export const parseWorkstationReader = (
  id: string,
): { readonly sessionId: string; readonly readerId: string } | null => {
  const found = /^workstation:([^:]+):(.*)$/s.exec(id)
  return found?.[1] && found[2] !== undefined ? { sessionId: found[1], readerId: found[2] } : null
}

/** As the portal is told. */
export const placeOfReader = (id: string): 'WORKSTATION' | 'SERVER' =>
  parseWorkstationReader(id) ? 'WORKSTATION' : 'SERVER'
