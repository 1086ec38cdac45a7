import type { UserReaderList } from '@cardwright/contract'
import { DeviceShape } from '../../parts/DeviceShape.tsx'
import type { Tone } from '../../theme/tone.ts'
import type { Face } from '../faces.ts'
import { type Card, type Connected, connectedDevices, type Insertion, insertionOf } from '../flow/chosen-device.ts'
import { t } from '../texts/t.ts'
import { Badge } from './Badge.tsx'
import css from './DevicePicker.module.css'
import { InsertDrawing } from './InsertDrawing.tsx'

const tones: Readonly<Record<NonNullable<Card['standing']>, Tone>> = {
  TO_ISSUE: 'ok',
  BLANK: 'ok',
  ACTIVE: 'info',
  NOT_USABLE: 'warn',
  UNFINISHED: 'warn',
  NOT_YOURS: 'bad',
}

const standingFace = (standing: NonNullable<Card['standing']>): Face => ({
  word: t(`standing.${standing}`),
  tone: tones[standing],
})

const Words = ({ reader, card, standings }: Connected & { readonly standings: boolean }) => (
  <>
    <DeviceShape form={card.form} width={86} />
    <span className={css.words}>
      <span className={css.model}>{card.model}</span>
      {card.serial !== null && <span className={css.small}>{t('device.serial', { serial: card.serial })}</span>}
      <span className={css.small}>{t('device.in', { reader: reader.name })}</span>
      {reader.busy && <span className={css.small}>{t('device.busy')}</span>}
      {card.problem && <span className={css.problem}>{card.problem.text}</span>}
    </span>
    {standings && card.standing && <Badge face={standingFace(card.standing)} />}
  </>
)

type Props = {
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  /** Whether it matters what a device is to this person. */
  readonly standings?: boolean
  readonly onPick: (insertion: Insertion) => void
}

/** The devices of this computer as they come and go; one alone needs no choice. */
export const DevicePicker = ({ list, chosen, onPick, standings = false }: Props) => {
  const devices = connectedDevices(list)
  const [only] = devices
  return (
    <>
      <p role="status">
        {list === null || !list.connected
          ? t('device.notConnected')
          : devices.length === 0
            ? t(list.readers.length === 0 ? 'device.noReaders' : 'device.waiting')
            : t('device.found', { count: devices.length })}
      </p>
      {devices.length === 0 && <Insert />}
      {devices.length === 1 && only && (
        <div className={css.tile} data-chosen>
          <Words {...only} standings={standings} />
        </div>
      )}
      {devices.length > 1 && (
        <fieldset className={css.picker} id="device" tabIndex={-1}>
          <legend className={css.legend}>{t('device.choose')}</legend>
          {devices.map(connected => {
            const isChosen = chosen?.reader.id === connected.reader.id
            return (
              <label key={connected.reader.id} className={css.tile} data-chosen={isChosen}>
                <input type="radio" name="device" checked={isChosen} onChange={() => onPick(insertionOf(connected))} />
                <Words {...connected} standings={standings} />
              </label>
            )
          })}
        </fieldset>
      )}
    </>
  )
}

const Insert = () => (
  <div className={css.insert}>
    <p>{t('device.insertCard')}</p>
    <InsertDrawing />
  </div>
)
