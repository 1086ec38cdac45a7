import type { LayoutContent, LayoutElement } from '@cardwright/contract'
import { type TextKey, t } from '../texts/t.ts'
import type { Difference } from '../versions/difference.ts'
import { elementsOf, type Side, sideOf } from './content.ts'
import { elementName, sideName } from './words.ts'

const position = (e: LayoutElement) => t('designer.position', { x: e.x, y: e.y })
const size = (e: LayoutElement) => t('designer.extent', { width: e.width, height: e.height })

/** Properties that are shown by name and value; places and pictures are told in their own words. */
const named = [
  'content',
  'font',
  'size',
  'bold',
  'italic',
  'colour',
  'align',
  'fit',
  'radius',
  'fill',
  'stroke',
  'strokeWidth',
  'showText',
] as const

const worded = (value: unknown, property: (typeof named)[number]): string => {
  if (value === null || value === undefined) return t('common.none')
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (property === 'font' || property === 'align' || property === 'fit') {
    return t(`designer.${property}.${String(value)}` as TextKey)
  }
  return String(value)
}

const elementDifferences = (side: Side, old: LayoutElement, now: LayoutElement): Difference[] => {
  const list: Difference[] = []
  const note = (what: string, from: string, to: string) =>
    list.push({ field: `${sideName(side)}, ${elementName(now)}: ${what}`, from, to })
  if (position(old) !== position(now)) note(t('designer.differences.position'), position(old), position(now))
  if (size(old) !== size(now)) note(t('designer.differences.size'), size(old), size(now))
  if (old.rotation !== now.rotation) note(t('designer.rotation'), `${old.rotation}°`, `${now.rotation}°`)
  const before: Readonly<Record<string, unknown>> = old
  const after: Readonly<Record<string, unknown>> = now
  for (const property of named) {
    if (before[property] === after[property]) continue
    note(t(`designer.${property}`), worded(before[property], property), worded(after[property], property))
  }
  if (before.picture !== after.picture) {
    note(t('designer.picture'), t('designer.differences.picture'), t('designer.differences.otherPicture'))
  }
  return list
}

const sideDifferences = (side: Side, before: LayoutContent, after: LayoutContent): Difference[] => {
  const list: Difference[] = []
  const [old, now] = [sideOf(before, side), sideOf(after, side)]
  const printed = (is: boolean) => t(is ? 'designer.differences.printed' : 'designer.differences.notPrinted')
  if (!old !== !now) list.push({ field: sideName(side), from: printed(old !== null), to: printed(now !== null) })
  if (!old || !now) return list
  if (old.background !== now.background) {
    list.push({ field: `${sideName(side)}: ${t('designer.background')}`, from: old.background, to: now.background })
  }
  if (old.backgroundPicture !== now.backgroundPicture) {
    const words = (picture: string | null) => (picture ? t('designer.differences.picture') : t('common.none'))
    const to = old.backgroundPicture && now.backgroundPicture ? t('designer.differences.otherPicture') : undefined
    list.push({
      field: `${sideName(side)}: ${t('designer.backgroundPicture')}`,
      from: words(old.backgroundPicture),
      to: to ?? words(now.backgroundPicture),
    })
  }
  const olds = elementsOf(before, side)
  const nows = elementsOf(after, side)
  for (const element of nows) {
    const same = olds.find(other => other.id === element.id)
    if (same) list.push(...elementDifferences(side, same, element))
    else
      list.push({ field: `${sideName(side)}, ${elementName(element)}`, from: t('field.absent'), to: position(element) })
  }
  for (const element of olds) {
    if (nows.some(other => other.id === element.id)) continue
    list.push({ field: `${sideName(side)}, ${elementName(element)}`, from: position(element), to: t('field.absent') })
  }
  const kept = (of: readonly LayoutElement[], others: readonly LayoutElement[]) =>
    of.filter(element => others.some(other => other.id === element.id)).map(element => element.id)
  if (kept(olds, nows).join() !== kept(nows, olds).join()) {
    list.push({
      field: `${sideName(side)}: ${t('designer.order')}`,
      from: t('designer.differences.order'),
      to: t('designer.differences.otherOrder'),
    })
  }
  return list
}

/** What a draft changes, in words: the card, then each side with its elements. */
export const differences = (before: LayoutContent, after: LayoutContent): Difference[] => {
  const list: Difference[] = []
  const compare = (field: string, from: string, to: string) => {
    if (from !== to) list.push({ field, from: from || t('common.none'), to: to || t('common.none') })
  }
  compare(t('field.name'), before.name, after.name)
  compare(t('field.description'), before.description, after.description)
  compare(t('designer.chip'), t(`designer.chip.${before.chip}`), t(`designer.chip.${after.chip}`))
  compare(
    t('designer.magneticStripe'),
    t(`designer.stripe.${before.magneticStripe}`),
    t(`designer.stripe.${after.magneticStripe}`),
  )
  return [...list, ...sideDifferences('front', before, after), ...sideDifferences('back', before, after)]
}
