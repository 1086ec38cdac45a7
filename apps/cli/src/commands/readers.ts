import { type Reader, routes } from '@cardwright/contract'
import type { Api } from '../api.ts'
import { readerWithCard } from '../choose.ts'
import type { Terminal } from '../terminal.ts'

const describe = ({ card, busy }: Reader): string => {
  if (busy) return 'in use by another operation'
  if (card === null) return 'empty'
  const serial = card.serial === null ? '' : `, serial ${card.serial}`
  const known = card.known
  const state = known
    ? `, ${known.state}${known.user ? ` (${known.user.displayName})` : ''}`
    : ', blank or unknown here'
  return `${card.model}${serial}${card.problem ? `: ${card.problem.text}` : state}`
}

export const listReaders = async (api: Api, terminal: Terminal): Promise<void> => {
  const list = await api.call(routes.listReaders)
  for (const reader of list.readers) {
    terminal.say(`${reader.name}${reader.virtual ? ' (virtual)' : ''}\n    ${describe(reader)}`)
  }
  if (list.readers.length === 0) terminal.say('No readers.')
  if (!list.pcsc.available) terminal.say(`\nReal readers: ${list.pcsc.message ?? 'not available'}`)
  terminal.result(list)
}

export const inspect = async (api: Api, terminal: Terminal, options: { readonly reader: string }): Promise<void> => {
  const reader = await readerWithCard(api, options.reader)
  const { card } = reader
  terminal.say(`Reader    ${reader.name}`)
  terminal.say(`Card      ${card.model}`)
  terminal.say(`Serial    ${card.serial ?? 'none'}`)
  if (card.problem) terminal.say(`Problem   ${card.problem.text}`)
  if (card.known) {
    const device = await api.call(routes.getDevice, { params: { id: card.known.deviceId } })
    terminal.say(`Device    ${device.state} (${device.reason})${device.user ? `, of ${device.user.displayName}` : ''}`)
    for (const c of device.credentials) {
      terminal.say(
        `  ${c.slot}  ${c.algorithm.padEnd(8)}  ${c.state.padEnd(7)}  until ${c.notAfter.slice(0, 10)}  ${c.subject}`,
      )
    }
    terminal.result({ reader, device })
    return
  }
  terminal.result({ reader, device: null })
}
