/** Every page that has an address of its own. */
const paths = {
  welcome: '/user',
  'issue-computer': '/user/issue/computer',
  'issue-device': '/user/issue/device',
  'issue-login': '/user/issue/login',
  'issue-ready': '/user/issue/ready',
  issuance: '/user/issuance/:id',
  'device-computer': '/user/device/computer',
  'device-login': '/user/device',
  'without-device': '/user/without-device',
  questions: '/user/questions',
  home: '/user/home',
  'change-questions': '/user/home/questions',
  'change-pin': '/user/home/pin/:id',
  unlock: '/user/home/unlock/:id',
  report: '/user/home/report',
  'report-where': '/user/home/report/where',
  'report-check': '/user/home/report/check',
  request: '/user/home/request/:id',
  'take-back': '/user/home/take-back/:id',
  lost: '/user/lost',
  'far-away': '/user/far-away',
} as const

export type PageName = keyof typeof paths
/** A page, and what it is about where its address says so. */
export type Place = { readonly page: PageName; readonly id?: string }

export const welcome: Place = { page: 'welcome' }

export const samePlace = (a: Place, b: Place): boolean => a.page === b.page && a.id === b.id

export const pathOf = ({ page, id = '' }: Place): string => paths[page].replace(':id', encodeURIComponent(id))

/** An address that belongs to nothing is the welcome page's: a holder comes here once a year, with a link from a mail. */
export const placeOf = (pathname: string): Place => {
  const path = pathname.replace(/\/+$/, '')
  for (const [page, pattern] of Object.entries(paths) as [PageName, string][]) {
    if (pattern === path) return { page }
    const stem = pattern.endsWith('/:id') ? pattern.slice(0, -3) : undefined
    if (stem === undefined || !path.startsWith(stem)) continue
    const id = path.slice(stem.length)
    if (/^[0-9a-f-]{36}$/i.test(id)) return { page, id }
  }
  return welcome
}
