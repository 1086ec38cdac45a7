import type { PolicyContent } from '@cardwright/contract'
import { slotName, slotPurpose } from '../format/slot.ts'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Policy.module.css'

const standing = ['9A', '9C', '9D', '9E']

/** The card as the draft would leave it: what each slot holds. */
export const CardContents = ({ content }: { readonly content: PolicyContent }) => {
  const retired = content.slots.map(slot => slot.slot).filter(slot => !standing.includes(slot))
  const objects = (['printedInformation', 'securityObject', 'discovery'] as const).filter(
    name => content.objects[name] !== 'NO',
  )
  return (
    <Panel title={t('policy.card')}>
      <div className={css.face}>
        <div className={css.faceHead}>
          <svg viewBox="0 0 30 24" width={30} height={24} aria-hidden>
            <rect x="1" y="1" width="28" height="22" rx="4" fill="#c9a24a" stroke="#8a6a1f" />
            <path d="M1 12h9M20 12h9M10 1v22M20 1v22" stroke="#6b5a2a" fill="none" />
          </svg>
          <span className={css.faceName}>{content.name || t('policy.new')}</span>
        </div>
        <ul className={css.faceSlots}>
          {[...standing, ...retired.sort()].map(name => {
            const slot = content.slots.find(s => s.slot === name)
            return (
              <li key={name} className={css.faceSlot} data-empty={slot === undefined}>
                <b>{name}</b>
                {slot ? (
                  <span>
                    {slotPurpose(name, slot.profile)}
                    <br />
                    {slot.algorithms.join(', ')}
                  </span>
                ) : (
                  <span>
                    {slotName(name)}: {t('policy.cardEmpty')}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
        <div className={css.faceObjects}>
          {objects
            .map(name => `${t(`policy.object.${name}`)} (${t(`policy.need.${content.objects[name]}`)})`)
            .join(' · ')}
        </div>
      </div>
    </Panel>
  )
}
