import { type RefObject, useEffect } from 'react'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** j and k move the focus between the row links of a table; a link opens by Enter as links do. */
export const useRowKeys = (table: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'j' && event.key !== 'k') return
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (document.querySelector('[role="dialog"]')) return
      const links = [...(table.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      if (links.length === 0) return
      const row = (document.activeElement as HTMLElement | null)?.closest('tr')
      const at = links.findIndex(link => row?.contains(link))
      const next = event.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)
      event.preventDefault()
      links[next]?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [table])
}
