import type { MemoryStore } from '@cardwright/adapters/testing'
import type { Device, Store } from '@cardwright/core'

type State = ReturnType<MemoryStore['committed']>

/** A store that notices each committed change of a device's or a credential's state that came without an audit record. */
export type TransitionWatch = Store & { readonly silent: readonly string[] }

const place = (device: Device): string => `${device.state}/${device.reason} ${device.userId ?? 'nobody'}`

const changes = (before: State, after: State): { readonly deviceId: string; readonly what: string }[] => [
  ...[...after.devices.values()].flatMap(device => {
    const was = before.devices.get(device.id)
    // A device that is seen for the first time begins as AVAILABLE/NONE, nobody's.
    const [from, to] = [was ? place(was) : 'AVAILABLE/NONE nobody', place(device)]
    return from === to ? [] : [{ deviceId: device.id, what: `the device went from ${from} to ${to}` }]
  }),
  ...[...after.credentials.values()].flatMap(credential => {
    const was = before.credentials.get(credential.id)?.state ?? 'nothing'
    const what = `credential ${credential.slot} went from ${was} to ${credential.state}`
    return was === credential.state ? [] : [{ deviceId: credential.deviceId, what }]
  }),
]

export const watchTransitions = (store: MemoryStore): TransitionWatch => {
  const silent: string[] = []
  let before = store.committed()
  return {
    silent,
    async transaction(work) {
      const value = await store.transaction(work)
      const after = store.committed()
      const told = after.audit.slice(before.audit.length)
      for (const { deviceId, what } of changes(before, after))
        if (!told.some(record => record.deviceId === deviceId)) silent.push(what)
      before = after
      return value
    },
  }
}
