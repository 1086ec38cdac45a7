import { bytes, uint } from '../bytes.ts'
import type { Persistent } from '../state.ts'

/**
 * Card production life cycle data, 42 bytes in the order of Visa GlobalPlatform's CPLC: the card's number is in "IC serial
 * number", the other fields name no real maker. Dates are BCD: last digit of the year, day of the year.
 */
export function cplc(state: Persistent): Uint8Array {
  const FABRICATOR = 0xcafe
  const PRODUCED = 0x6001
  return bytes(
    uint(FABRICATOR, 2), // IC fabricator
    uint(0x0073, 2), // IC type
    uint(FABRICATOR, 2), // operating system
    uint(PRODUCED, 2), // its release date
    uint(0x0100, 2), // its release level
    uint(PRODUCED, 2), // IC fabrication date
    uint(state.serial, 4), // IC serial number
    uint(0x0001, 2), // IC batch
    uint(FABRICATOR, 2), // module fabricator
    uint(PRODUCED, 2), // module packaging date
    uint(FABRICATOR, 2), // ICC manufacturer
    uint(PRODUCED, 2), // IC embedding date
    uint(FABRICATOR, 2), // IC pre-personaliser
    uint(PRODUCED, 2), // pre-personalisation date
    uint(0x00000001, 4), // pre-personalisation equipment
    uint(0, 2), // personaliser: none yet
    uint(0, 2), // personalisation date
    uint(0, 4), // personalisation equipment
  )
}
