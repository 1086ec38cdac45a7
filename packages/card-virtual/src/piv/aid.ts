import { fromHex } from '../bytes.ts'

/** SP 800-73pt1-5 §2.2: RID, PIX and version. */
export const PIV_AID = fromHex('A000000308000010000100')
