import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useRef } from 'react'

/**
 * A modal dialog that exists only while it is open. At its end the focus goes back to what opened it (WCAG 2.4.3): Mantine
 * does that only for dialogs that stay in the page and are opened later.
 */
export const Dialog = (props: ModalProps) => {
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    if (!props.opened) return
    opener.current = openerOf(document.activeElement)
    return () => {
      const back = opener.current
      // What the dialog led to, such as another page, may have taken the focus; and the page may still be changing.
      setTimeout(() => {
        if (!isNowhere(document.activeElement)) return
        if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true })
        if (isNowhere(document.activeElement)) document.querySelector('main')?.focus({ preventScroll: true })
      })
    }
  }, [props.opened])
  return <Modal {...props} returnFocus={false} />
}

/** A menu goes with the choice that was made in it; what opened the menu stays. */
const openerOf = (active: Element | null): Element | null => {
  const label = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return label ? document.getElementById(label) : active
}

const isNowhere = (active: Element | null): boolean => active === null || active === document.body
