import type { State } from './organisation.ts'

/** What befalls a device; R-18 asks of each that it says why, and whether the device is temporary. */
const ofDevices = /^(device|issuance|credential|recycle)\./

/** R-18 in all that was recorded in this step; says what is missing. */
export const auditFaults = (before: State, after: State): string[] =>
  after.audit.slice(before.audit.length).flatMap(record => {
    if (!ofDevices.test(record.action) || record.deviceId === null) return []
    const about = `${record.action} of ${record.object.label}`
    const wrong: string[] = []
    const { temporary } = record.details
    if (typeof temporary !== 'boolean') wrong.push(`${about} does not say whether the device is temporary`)
    const device = after.devices.get(record.deviceId)
    const was = before.devices.get(record.deviceId)
    const ids = [was?.requestId, device?.requestId, was?.invalidBy, device?.invalidBy].filter(id => id != null)
    const reasons = ids.flatMap(id => after.requests.get(id)?.replacement?.reason ?? [])
    // A blank card is of nothing any more.
    if (reasons.length === 0 || /recycle/.test(record.action)) return wrong
    // What fails or ends tells that reason; what it was replaced for stands beside it.
    const told = record.reason ?? record.details.replaces
    if (!told) wrong.push(`${about} does not say why, though it is of a replacement`)
    return wrong
  })
