import type { Extension } from '../certificate/extension.ts'
import { nullValue } from '../der/write.ts'

export const OCSP_NOCHECK = '1.3.6.1.5.5.7.48.1.5'

/** Tells clients not to ask for the responder's own status (RFC 6960 §4.2.2.2.1); so its certificate must be short-lived. */
export const ocspNocheck = (): Extension => ({ oid: OCSP_NOCHECK, critical: false, value: nullValue() })
