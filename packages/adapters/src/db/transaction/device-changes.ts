/** The actions of the audit that change a device; who only looked at its PIN did not. A regular expression for both stores. */
export const changesOfDevice = '^(device|issuance|recycle|request)\\.'
