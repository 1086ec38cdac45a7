import { createContext, useCallback, useEffect, useState } from 'react'
import { type Place, pathOf, placeOf, samePlace, welcome } from './flow/places.ts'

export type Go = (to: Place, how?: 'push' | 'replace') => void
export const Router = createContext<{ readonly place: Place; readonly go: Go }>({ place: welcome, go: () => {} })

/** The address bar and the page, over the history API; an address holds nothing but which page it is. */
export const useAddress = (): { readonly place: Place; readonly go: Go } => {
  const [place, setPlace] = useState(() => placeOf(location.pathname))
  useEffect(() => {
    const onPop = () => setPlace(placeOf(location.pathname))
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])
  const go = useCallback<Go>((to, how = 'push') => {
    if (!samePlace(to, placeOf(location.pathname)) || location.pathname !== pathOf(to)) {
      if (how === 'push') history.pushState(null, '', pathOf(to))
      else history.replaceState(null, '', pathOf(to))
    }
    setPlace(to)
  }, [])
  return { place, go }
}
