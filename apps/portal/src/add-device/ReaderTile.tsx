import { routes } from 'virtual:contract'
import type { Reader } from '@cardwright/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../api/session.ts'
import { RecycleDialog } from '../devices/RecycleDialog.tsx'
import { lastFour } from '../format/device.ts'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Tag } from '../parts/Tag.tsx'
import { ReaderPlace } from '../readers/ReaderPlace.tsx'
import { t } from '../texts/t.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import { isReplaced, isUsable, type Purpose } from './configuration.ts'
import css from './ReaderTile.module.css'
import { readerWords } from './reader-words.ts'
import { VirtualDrawer } from './VirtualDrawer.tsx'

/** A connected device: what it is, where it is, whether it is blank or whose it is. */
export const ReaderTile = ({ reader, purpose }: { readonly reader: Reader; readonly purpose: Purpose }) => {
  const may = useMay()
  const [recycling, setRecycling] = useState(false)
  const { card } = reader
  const known = card?.known ?? null
  const { word, tone } = readerWords(reader, purpose)
  const recyclable =
    known !== null &&
    !reader.busy &&
    (known.state === 'PRODUCED' || known.state === 'TERMINATED') &&
    may(routes.startRecycle.access)
  return (
    <div className={card === null ? `${css.tile} ${css.vacant}` : css.tile}>
      {card === null ? (
        <div className={css.empty}>
          <span>{t('addDevice.emptyReader', { reader: reader.name })}</span>
          <ReaderPlace reader={reader} />
        </div>
      ) : (
        <ChoiceCard
          bare
          value={reader.id}
          disabled={!isUsable(reader) || isReplaced(reader, purpose)}
          before={<DeviceDrawing form={card.form} serial={card.serial} width={72} />}
          title={
            <>
              <span className={css.last}>{card.serial ? lastFour(card.serial) : t('addDevice.noSerial')}</span>
              <ReaderPlace reader={reader} />
            </>
          }
          text={
            <>
              <span className={css.line}>{card.model}</span>
              <span className={css.line}>{t('addDevice.inReader', { reader: reader.name })}</span>
              {card.problem ? (
                <span className={css.line}>{t('addDevice.cannotUse', { why: card.problem.text })}</span>
              ) : (
                <Tag tone={tone}>{word}</Tag>
              )}
            </>
          }
        />
      )}
      {(reader.virtual || recyclable) && (
        <Group gap="xs" className={css.actions}>
          {recyclable && (
            <Button size="xs" variant="default" onClick={() => setRecycling(true)}>
              {t('addDevice.recycleHere')}
            </Button>
          )}
          {reader.virtual && <VirtualDrawer reader={reader} />}
        </Group>
      )}
      {recycling && known && (
        <RecycleDialog
          device={{ id: known.deviceId, serial: card?.serial ?? '', state: known.state, user: known.user }}
          onClose={() => setRecycling(false)}
        />
      )}
    </div>
  )
}
