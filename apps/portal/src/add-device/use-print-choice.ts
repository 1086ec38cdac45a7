import { useState } from 'react'
import { lacksOfPicture, lacksOfPlace, lacksOfSides, placeOf } from '../printing/card-place.ts'
import { recall, remember } from '../printing/remembered-printer.ts'
import { useCardPrinters } from '../printing/use-card-printers.ts'
import { useLayouts } from '../printing/use-layouts.ts'
import type { useReaders } from '../readers/use-readers.ts'
import { issuanceTypeOf, type Purpose } from './configuration.ts'

/** Among the devices, the choice that is not a reader. */
export const printerChoice = 'printer'

/** Whether and how the card is printed: printer and its reader, layout, and whether Start was chosen (P-1 … P-3). */
export const usePrintChoice = (purpose: Purpose, readers: ReturnType<typeof useReaders>) => {
  const { printers, available } = useCardPrinters(true)
  const [remembered, setRemembered] = useState(() => recall(localStorage))
  const [wanted, setWanted] = useState(false)
  const [configuring, setConfiguring] = useState(false)
  const [layoutId, setLayoutId] = useState<string | null>(null)
  const [started, setStarted] = useState(false)
  const list = readers.data?.readers ?? []
  const place = placeOf(printers, list, remembered)
  const on = available && wanted
  const layouts = useLayouts({
    userId: purpose.userId,
    of: { type: issuanceTypeOf(purpose.request) },
    wanted: layoutId,
    enabled: on && remembered !== null,
  })
  const lacks = [
    ...lacksOfPlace(place, purpose),
    ...lacksOfSides(place.printer, layouts.chosen),
    ...(layouts.chosen ? lacksOfPicture(layouts.picture.data) : [{ key: 'print.lacks.layout' as const }]),
  ]
  return {
    available,
    on,
    printers,
    readers: list,
    place,
    layouts,
    lacks,
    /** First use, or the reader shown was clicked (P-2). */
    configuring: configuring || remembered === null,
    /** The latter. */
    changing: configuring,
    /** What `Continue` prints with, once Start was chosen and as long as both are there. */
    started: started && on && place.printer && place.reader && layouts.chosen ? layouts.chosen : null,
    choose: (next: boolean) => {
      setWanted(next)
      setStarted(false)
      setConfiguring(false)
    },
    chooseLayout: (id: string) => {
      setLayoutId(id)
      setStarted(false)
    },
    reconfigure: () => {
      setConfiguring(true)
      setStarted(false)
    },
    keep: () => setConfiguring(false),
    configure: (printer: Parameters<typeof remember>[1], reader: Parameters<typeof remember>[2]) => {
      setRemembered(remember(localStorage, printer, reader))
      setConfiguring(false)
    },
    start: () => setStarted(true),
  }
}
export type PrintChoice = ReturnType<typeof usePrintChoice>
