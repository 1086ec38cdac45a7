import { routes } from 'virtual:contract'
import type { Reader } from '@cardwright/contract'
import { call } from '../api/call.ts'
import { sameDeviceNow } from './same-device-now.ts'
import { useWorkstationCheck } from './use-workstation-check.ts'

/**
 * `useWorkstationCheck`, and the reader as it is after it: a page that takes the readers back from another tab has a client
 * of its own, which calls the same insertion of a card by another name.
 */
export const useReaderNow = () => {
  const check = useWorkstationCheck()
  return async (before: Reader): Promise<Reader> => {
    await check(before.where)
    if (before.where === 'SERVER') return before
    const { readers } = await call(routes.listReaders, {})
    return sameDeviceNow(before, readers)
  }
}
