import type { DesignerAction } from './state.ts'

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Where people type, Ctrl+Z is about the letters they typed. */
const isTypedIn = ({ tagName, type }: { readonly tagName: string; readonly type?: string }): boolean =>
  tagName === 'TEXTAREA' || (tagName === 'INPUT' && !['checkbox', 'radio', 'color', 'file'].includes(type ?? ''))

/** Undo and redo, by the keys that people know for it; null = the key is not ours there. */
export const stepOfKey = (event: Key, target: Parameters<typeof isTypedIn>[0]): 'undo' | 'redo' | null => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTypedIn(target)) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : null
}

/** What a key does to the element that has the focus; null = the key is not ours. Steps are 0.1 mm, with Shift 1 mm. */
export const actionOfKey = (event: Key, id: string, newId: string): DesignerAction | null => {
  const { key, shiftKey } = event
  if (event.ctrlKey || event.metaKey) {
    return key.toLowerCase() === 'd' && !shiftKey && !event.altKey ? { type: 'duplicate', id, newId } : null
  }
  if (event.altKey) return null
  const direction = directions[key]
  if (direction) {
    const step = shiftKey ? 1 : 0.1
    return { type: 'nudge', id, dx: direction[0] * step, dy: direction[1] * step }
  }
  switch (key) {
    case 'Delete':
    case 'Backspace':
      return { type: 'remove', id }
    case 'PageUp':
      return { type: 'order', id, order: shiftKey ? 'front' : 'forward' }
    case 'PageDown':
      return { type: 'order', id, order: shiftKey ? 'back' : 'backward' }
    case 'Escape':
      return { type: 'select', id: null }
    default:
      return null
  }
}
