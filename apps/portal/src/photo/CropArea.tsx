import { measures } from 'virtual:contract'
import { Slider, Stack, Text } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useId, useRef } from 'react'
import { t } from '../texts/t.ts'
import { type Crop, cropOfKey, mostZoom, type Pixels, panned, zoomed, zoomOf } from './crop.ts'
import css from './Photo.module.css'

type Props = {
  readonly url: string
  readonly picture: Pixels
  readonly crop: Crop
  readonly onChange: (crop: Crop) => void
}

const ratio = measures.photoRatio

/** The picture behind a frame of 35 : 45. It is pulled with a pointer, moved with the arrow keys, and made larger below. */
export const CropArea = ({ url, picture, crop, onChange }: Props) => {
  const hint = useId()
  const pull = useRef<{ readonly x: number; readonly y: number; readonly start: Crop } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    pull.current = { x: event.clientX, y: event.clientY, start: crop }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!pull.current) return
    const { width, height } = event.currentTarget.getBoundingClientRect()
    const { x, y, start } = pull.current
    onChange(panned(start, (x - event.clientX) / width, (y - event.clientY) / height))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = cropOfKey(crop, picture, ratio, event)
    if (!next) return
    event.preventDefault()
    onChange(next)
  }
  const end = () => {
    pull.current = null
  }
  return (
    <Stack gap="sm" align="center">
      <button
        type="button"
        dir="ltr"
        className={css.crop}
        aria-label={t('photo.crop')}
        aria-describedby={hint}
        style={{ aspectRatio: ratio }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={onKeyDown}
        data-autofocus
      >
        <img
          src={url}
          alt=""
          draggable={false}
          style={{
            width: `${100 / crop.width}%`,
            height: `${100 / crop.height}%`,
            left: `${(-100 * crop.x) / crop.width}%`,
            top: `${(-100 * crop.y) / crop.height}%`,
          }}
        />
      </button>
      <Text size="sm" c="dimmed" id={hint} ta="center">
        {t('photo.cropHint')}
      </Text>
      <Slider
        w="100%"
        maw={320}
        thumbLabel={t('photo.zoom')}
        label={null}
        min={1}
        max={mostZoom}
        step={0.05}
        value={zoomOf(crop, picture, ratio)}
        onChange={zoom => onChange(zoomed(crop, picture, ratio, zoom))}
      />
    </Stack>
  )
}
