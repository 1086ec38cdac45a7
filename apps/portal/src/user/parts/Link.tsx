import { type MouseEvent, type ReactNode, use } from 'react'
import { type Place, pathOf } from '../flow/places.ts'
import { Router } from '../router.ts'

type Props = { readonly to: Place; readonly className?: string; readonly children: ReactNode; readonly label?: string }

/** A link within the portal; with a modifier key it is the browser's. */
export const Link = ({ to, className, children, label }: Props) => {
  const { go } = use(Router)
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={pathOf(to)} className={className} onClick={onClick} aria-label={label}>
      {children}
    </a>
  )
}
