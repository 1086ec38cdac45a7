import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { bytes, toHex, uint } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import type { CardModel } from '../models.ts'
import type { Volatile } from '../state.ts'
import { parseOnly, parseTlvs, tlv } from '../tlv.ts'
import { COMMAND_CONDITIONS, mayRead, permits } from './access.ts'
import { writePiv } from './reference-data.ts'

const DISCOVERY = 0x7e
const BIT_GROUP = 0x7f61

/** SP 800-73pt2-5 §3.1.2. */
export function getData(card: CardContext, status: Volatile, command: Command): Answer {
  const value = parseOnly(0x5c, command.data)
  const tag = value && readTag(value)
  if (tag === undefined) return refuse(SW.wrongData)
  if (!storable(card.model, tag)) return refuse(SW.notFound)
  if (!mayRead(tag, status)) return refuse(SW.securityStatusNotSatisfied)
  const stored = card.state().piv.objects[tagName(tag)]
  if (!stored) return refuse(SW.notFound)
  return ok(tlv(isBare(tag) ? tag : 0x53, stored))
}

/** SP 800-73pt2-5 §3.3.1: replaces the whole object; `53 00` empties it. */
export async function putData(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const object = parsePutData(command.data)
  if (!object) return refuse(SW.wrongData)
  if (!permits(COMMAND_CONDITIONS.putData, status)) return refuse(SW.securityStatusNotSatisfied)
  if (!storable(card.model, object.tag)) return refuse(SW.notFound)
  const { [tagName(object.tag)]: _old, ...others } = card.state().piv.objects
  const used = Object.values(others).reduce((sum, value) => sum + value.length, 0)
  const { largest, memory } = card.model.objects
  if (object.value.length > largest || used + object.value.length > memory) return refuse(SW.notEnoughMemory)
  const stays = object.value.length > 0 || card.model.objects.emptyStays
  const objects = stays ? { ...others, [tagName(object.tag)]: object.value } : others
  await writePiv(card, `object.${tagName(object.tag)}`, { objects })
  return ok()
}

function parsePutData(data: Uint8Array): { readonly tag: number; readonly value: Uint8Array } | undefined {
  const items = parseTlvs(data)
  const [first, second] = items ?? []
  if (!first || !items || items.length > 2) return undefined
  if (isBare(first.tag)) return items.length === 1 ? { tag: first.tag, value: first.value } : undefined
  const tag = first.tag === 0x5c ? readTag(first.value) : undefined
  return tag !== undefined && second?.tag === 0x53 && !isBare(tag) ? { tag, value: second.value } : undefined
}

function readTag(value: Uint8Array): number | undefined {
  if (value.length === 0 || value.length > 3) return undefined
  return value.reduce((tag, byte) => tag * 256 + byte, 0)
}

/** These two are read and written as they are, not inside 53. */
function isBare(tag: number): boolean {
  return tag === DISCOVERY || tag === BIT_GROUP
}

function storable(model: CardModel, tag: number): boolean {
  if (isBare(tag)) return true
  if (model.objects.anyTag) return tag >= 0x5f0000 && tag <= 0x5fffff
  return tag >= 0x5fc101 && tag <= 0x5fc123 && tag !== 0x5fc104
}

export function tagName(tag: number): string {
  return toHex(uint(tag, tag > 0xffff ? 3 : tag > 0xff ? 2 : 1))
}

/** Discovery object of a card with a PIV PIN and nothing else (SP 800-73pt1-5 §3.3.2): the value inside 7E. */
export function discoveryValue(aid: Uint8Array): Uint8Array {
  return bytes(tlv(0x4f, aid), tlv(0x5f2f, 0x40, 0x00))
}
