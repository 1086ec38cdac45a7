const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

/** "21 November 2026", in the viewer's zone. */
export const longDay = (iso: string): string => format.format(new Date(iso))
