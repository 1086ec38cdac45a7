/** Issuances of this tab whose initial PIN nobody typed; only for them is Get Initial PIN offered at once (I-8). */
const issuances = new Set<string>()

export const rememberRandomPin = (issuanceId: string): void => {
  issuances.add(issuanceId)
}

export const hasRandomPin = (issuanceId: string): boolean => issuances.has(issuanceId)
