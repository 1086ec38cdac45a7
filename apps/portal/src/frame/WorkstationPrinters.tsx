import { routes } from 'virtual:contract'
import { Text } from '@mantine/core'
import { useMay } from '../api/session.ts'
import { Notice } from '../parts/Notice.tsx'
import { Tag } from '../parts/Tag.tsx'
import { Faults, PrinterBadge } from '../printing/PrinterState.tsx'
import { useCardPrinters } from '../printing/use-card-printers.ts'
import { t } from '../texts/t.ts'
import css from './Workstation.module.css'

/** Card printers with their state; read while the list is open. */
export const WorkstationPrinters = () => {
  const { query, printers } = useCardPrinters(true)
  if (!useMay()(routes.cardPrinters.access)) return null
  return (
    <>
      <Text fw={600} size="sm" mt="sm" mb={4}>
        {t('workstation.printers')}
      </Text>
      {query.isError && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && printers.length === 0 && <Text size="sm">{t('workstation.noPrinters')}</Text>}
      <ul className={css.readers}>
        {printers.map(printer => (
          <li key={printer.id}>
            <span>
              {printer.name} {printer.virtual && <Tag tone="info">{t('device.virtual')}</Tag>}{' '}
              <PrinterBadge state={printer.state} />
            </span>
            <Faults faults={printer.faults} />
          </li>
        ))}
      </ul>
    </>
  )
}
