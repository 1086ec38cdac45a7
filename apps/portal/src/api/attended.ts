/** A page that nobody has touched for so long updates itself for nobody; that must not keep the session alive. */
const restAfter = 60_000

let touchedAt = Date.now()

/** Told of each input; the time in milliseconds. */
export const touched = (at: number): void => {
  touchedAt = at
}

export const isAttended = (now = Date.now()): boolean => now - touchedAt < restAfter

/** Listens to whatever a person does with the page. */
export const watchAttendance = (page: Pick<Window, 'addEventListener'>): void => {
  for (const input of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const) {
    page.addEventListener(input, () => touched(Date.now()), { capture: true, passive: true })
  }
}
