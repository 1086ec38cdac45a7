import { Button, type ButtonProps, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { dataUrlOf, pixelsOf } from '../parts/load-picture.ts'
import { bytes, type PictureFault, pictureFault, pictureLimit, pictureTypes } from '../parts/picture-file.ts'
import { t } from '../texts/t.ts'
import css from './Designer.module.css'

type Pixels = { readonly width: number; readonly height: number }
type Props = ButtonProps & { readonly label: string; readonly onPicture: (picture: string, pixels: Pixels) => void }

/** Asks for a picture file; what does not fit, or is no picture, is said below the button. */
export const PictureButton = ({ label, onPicture, ...look }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<{ readonly fault: PictureFault; readonly size: number } | null>(null)
  const take = async (file: File) => {
    const refuse = (fault: PictureFault) => setRefused({ fault, size: file.size })
    const fault = pictureFault(file)
    if (fault) return refuse(fault)
    const picture = await dataUrlOf(file)
    const pixels = await pixelsOf(picture)
    if (!pixels) return refuse('broken')
    setRefused(null)
    onPicture(picture, pixels)
  }
  return (
    <>
      <Button {...look} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={pictureTypes.join()}
        className={css.hidden}
        aria-label={label}
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = ''
          if (file) void take(file)
        }}
      />
      {refused && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" w="100%">
          {t(`designer.picture.${refused.fault}`, { size: bytes(refused.size), limit: bytes(pictureLimit) })}
        </Text>
      )}
    </>
  )
}
