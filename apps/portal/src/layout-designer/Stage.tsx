import type { LayoutProblem } from '@cardwright/contract'
import { type Dispatch, type KeyboardEvent, useEffect, useRef } from 'react'
import { t } from '../texts/t.ts'
import { elementOf, elementsOf } from './content.ts'
import { aroundCard, card, type GuideArea, guideAreas } from './guides.ts'
import { actionOfKey } from './keys.ts'
import { handles, type Place } from './place.ts'
import css from './Stage.module.css'
import type { DesignerAction, DesignerState } from './state.ts'
import { usePull } from './use-pull.ts'
import { elementName, sideName } from './words.ts'

type Props = {
  readonly state: DesignerState
  readonly dispatch: Dispatch<DesignerAction>
  /** The server's picture of this side; null = there is none yet. */
  readonly picture: string | null
  readonly problems: readonly LayoutProblem[]
  /** Pixels a millimetre. */
  readonly scale: number
  readonly snapping: boolean
  readonly guides: boolean
  readonly readOnly: boolean
}

/** Millimetres around the card, so that what reaches over its edge can be taken hold of. */
export const margin = 4

/**
 * One side of the card: the picture as the server prints it, and over it a frame for each element. The frames draw nothing
 * of what is printed, so there is one renderer only.
 */
export const Stage = ({ state, dispatch, picture, problems, scale, snapping, guides, readOnly }: Props) => {
  const { content, side } = state
  const board = useRef<HTMLElement>(null)
  const pull = usePull(state, dispatch, scale, snapping)
  const selected = elementOf(content, side, state.selected)
  const px = ({ x, y, width, height }: Place) => ({
    left: (x + margin) * scale,
    top: (y + margin) * scale,
    width: width * scale,
    height: height * scale,
  })
  // What was just put on the card has the focus: the arrow keys move it at once. So has what is duplicated.
  const ids = [...elementsOf(content, 'front'), ...elementsOf(content, 'back')].map(element => element.id)
  const known = useRef(ids)
  useEffect(() => {
    const isNew = state.selected !== null && !known.current.includes(state.selected)
    if (!isNew && !board.current?.contains(document.activeElement)) return
    board.current?.querySelector<HTMLElement>(`[data-element="${state.selected}"]`)?.focus({ preventScroll: true })
  }, [state.selected])
  useEffect(() => {
    known.current = ids
  })

  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const action = actionOfKey(event, id, crypto.randomUUID())
    if (!action || (readOnly && action.type !== 'select')) return
    event.preventDefault()
    // Its frame goes; the focus stays on the card.
    if (action.type === 'remove') board.current?.focus({ preventScroll: true })
    dispatch(action)
  }

  return (
    <section
      ref={board}
      tabIndex={-1}
      className={css.board}
      dir="ltr"
      onPointerDown={event => {
        const on = (event.target as Element).closest('[data-element], [data-handle]')
        if (!on && event.button === 0) dispatch({ type: 'select', id: null })
      }}
      aria-label={t('designer.stage', { side: sideName(side) })}
      style={{ width: (card.width + 2 * margin) * scale, height: (card.height + 2 * margin) * scale }}
    >
      <div className={css.face} style={px(card)}>
        {picture && <img src={picture} alt={t('designer.preview.alt', { side: sideName(side) })} draggable={false} />}
      </div>
      {guides &&
        guideAreas(content, side).map(({ name, place }) => (
          <div key={name} className={css.guide} data-guide={name} style={px(place)} aria-hidden>
            {!isAround(name) && <span className={css.guideName}>{t(`designer.guide.${name}`)}</span>}
          </div>
        ))}
      {guides && (
        <div className={css.aroundNames} style={{ insetInline: margin * scale }} aria-hidden>
          {aroundCard.map(name => (
            <span key={name} className={css.guideName} data-of={name}>
              {t(`designer.guide.${name}`)}
            </span>
          ))}
        </div>
      )}
      {elementsOf(content, side).map(element => {
        const faulty = problems.some(problem => problem.element === element.id)
        const name = elementName(element)
        return (
          <button
            key={element.id}
            type="button"
            className={css.frame}
            data-element={element.id}
            data-faulty={faulty || undefined}
            aria-pressed={element.id === state.selected}
            aria-label={faulty ? t('designer.withProblem', { name }) : name}
            style={px(element)}
            onFocus={() => element.id !== state.selected && dispatch({ type: 'select', id: element.id })}
            onKeyDown={event => onKeyDown(event, element.id)}
            onPointerDown={event =>
              readOnly ? dispatch({ type: 'select', id: element.id }) : pull.onPointerDown(event, element, null)
            }
            {...pull.following}
          />
        )
      })}
      {selected && <div className={css.selection} style={px(selected)} aria-hidden />}
      {selected &&
        !readOnly &&
        handles.map(handle => (
          <div
            key={handle}
            aria-hidden
            className={css.handle}
            data-handle={handle}
            style={{
              left: (selected.x + margin + selected.width * across[handle]) * scale,
              top: (selected.y + margin + selected.height * down[handle]) * scale,
            }}
            onPointerDown={event => pull.onPointerDown(event, selected, handle)}
            {...pull.following}
          />
        ))}
      {pull.guides.map(({ axis, at }) => (
        <div
          key={`${axis}${at}`}
          aria-hidden
          className={css.line}
          data-axis={axis}
          style={axis === 'x' ? { left: (at + margin) * scale } : { top: (at + margin) * scale }}
        />
      ))}
    </section>
  )
}

const isAround = (name: GuideArea['name']) => aroundCard.some(one => one === name)

const across = { nw: 0, w: 0, sw: 0, n: 0.5, s: 0.5, ne: 1, e: 1, se: 1 } as const
const down = { nw: 0, n: 0, ne: 0, w: 0.5, e: 0.5, sw: 1, s: 1, se: 1 } as const
