import type { Reader } from '@cardwright/contract'

/** The reader as it is listed now if the same device is in it; else as it was, so that the server refuses an exchanged one. */
export const sameDeviceNow = (before: Reader, readers: readonly Reader[]): Reader => {
  const now = readers.find(reader => reader.id === before.id)
  const serial = before.card?.serial
  const same = serial && now?.card?.serial === serial && now.card.known?.deviceId === before.card?.known?.deviceId
  return same ? now : before
}
