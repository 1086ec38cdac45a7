import { IconPrinter } from '@tabler/icons-react'
import { PrinterBadge } from '../printing/PrinterState.tsx'
import { t } from '../texts/t.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import css from './ReaderTile.module.css'
import { type PrintChoice, printerChoice } from './use-print-choice.ts'

/** Print the card too: beside the readers, while a printer is there (P-1). */
export const PrinterTile = ({ print }: { readonly print: PrintChoice }) => {
  const { printer } = print.place
  return (
    <div className={css.tile}>
      <ChoiceCard
        bare
        value={printerChoice}
        before={<IconPrinter size={48} stroke={1.2} aria-hidden />}
        title={t('print.tile')}
        text={
          <>
            <span className={css.line}>{printer ? printer.name : t('print.tileHint')}</span>
            {printer && <PrinterBadge state={printer.state} />}
          </>
        }
      />
    </div>
  )
}
