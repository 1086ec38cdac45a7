import type { LayoutElement } from '@cardwright/contract'
import { type Dispatch, type PointerEvent, useRef, useState } from 'react'
import { elementsOf } from './content.ts'
import { card, safeArea } from './guides.ts'
import { keepsRatio } from './new-element.ts'
import { type Handle, moved, resized, withinRange } from './place.ts'
import { type Guide, linesOf, snapMove, snapResize } from './snap.ts'
import type { DesignerAction, DesignerState } from './state.ts'

type Pull = {
  readonly start: LayoutElement
  readonly handle: Handle | null
  readonly x: number
  readonly y: number
  readonly stroke: string
  begun: boolean
}

/** Pixels that a pointer may tremble without moving anything. */
const tremble = 3
/** Pixels within which something snaps. */
const reach = 7

/**
 * Pulling with a pointer: an element, or one of its handles. Alt lets go of every line, Shift turns round whether the ratio
 * of the sides is kept.
 */
export const usePull = (state: DesignerState, dispatch: Dispatch<DesignerAction>, scale: number, snapping: boolean) => {
  const pull = useRef<Pull | null>(null)
  const [guides, setGuides] = useState<readonly Guide[]>([])

  const onPointerDown = (event: PointerEvent<HTMLElement>, start: LayoutElement, handle: Handle | null) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    dispatch({ type: 'select', id: start.id })
    pull.current = {
      start,
      handle,
      x: event.clientX,
      y: event.clientY,
      stroke: `pull ${crypto.randomUUID()}`,
      begun: false,
    }
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const now = pull.current
    if (!now) return
    // What was pulled may have been removed meanwhile, and with it what would have heard the end.
    if (event.buttons === 0) return end()
    const [across, down] = [event.clientX - now.x, event.clientY - now.y]
    if (!now.begun && Math.hypot(across, down) < tremble) return
    now.begun = true
    const { start, handle, stroke } = now
    const [dx, dy] = [across / scale, down / scale]
    const ratio = handle?.length === 2 && keepsRatio(start) !== event.shiftKey
    const raw = handle ? resized(start, handle, dx, dy, ratio) : moved(start, dx, dy)
    const others = elementsOf(state.content, state.side).filter(element => element.id !== start.id)
    const lines = linesOf(card, safeArea, others)
    const { place, guides } =
      !snapping || event.altKey || ratio
        ? { place: withinRange(raw), guides: [] }
        : handle
          ? snapResize(raw, handle, lines, reach / scale)
          : snapMove(raw, lines, reach / scale)
    setGuides(guides)
    dispatch({ type: 'place', id: start.id, place, stroke })
  }

  const end = () => {
    pull.current = null
    setGuides([])
  }
  return { guides, onPointerDown, following: { onPointerMove, onPointerUp: end, onPointerCancel: end } }
}
