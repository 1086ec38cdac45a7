import { type Reader, routes } from '@cardwright/contract'
import type { Api } from './api.ts'
import { CommandFailure } from './failure.ts'

/** The one thing that a name means: exactly, or as the only one that holds it. */
export const choose = <T>(kind: string, all: readonly T[], wanted: string, namesOf: (item: T) => string[]): T => {
  const names = (item: T) => namesOf(item).map(name => name.toLowerCase())
  const asked = wanted.toLowerCase()
  const exact = all.filter(item => names(item).includes(asked))
  const found = exact.length > 0 ? exact : all.filter(item => names(item).some(name => name.includes(asked)))
  const [only] = found
  if (found.length === 1 && only !== undefined) return only
  const list = (found.length > 0 ? found : all).map(item => `\n  ${namesOf(item)[0]}`).join('')
  const what = found.length > 0 ? `more than one ${kind} is called` : `no ${kind} is called`
  throw new CommandFailure(`There is ${what} "${wanted}".${list ? ` There are:${list}` : ''}`)
}

/** The reader of that name, with the card in it. */
export const readerWithCard = async (
  api: Api,
  name: string,
): Promise<Reader & { readonly card: NonNullable<Reader['card']> }> => {
  const { readers } = await api.call(routes.listReaders)
  const reader = choose('reader', readers, name, r => [r.name, r.id])
  if (reader.card === null) throw new CommandFailure(`There is no card in "${reader.name}". Put one in and try again.`)
  return { ...reader, card: reader.card }
}
