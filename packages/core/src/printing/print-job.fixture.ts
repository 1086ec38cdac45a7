import type { PrintJob } from './print-job.ts'

/** A print that was ordered and not sent yet. */
export const queuedPrint: PrintJob = {
  id: 'j',
  version: 1,
  deviceId: 'd',
  serial: '1',
  userId: 'u',
  layout: { id: 'l', version: 3, name: 'Badge' },
  printer: { id: 'server:p', name: 'Front desk' },
  state: 'QUEUED',
  fault: null,
  print: 1,
  cancelledBy: null,
  lease: { owner: 'one', until: 9 },
  startedBy: { kind: 'operator', id: 'o', label: 'Olga' },
  startedAt: 0,
  endedAt: null,
}
