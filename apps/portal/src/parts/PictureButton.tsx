import { Button, type ButtonProps, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { t } from '../texts/t.ts'
import { FileInput } from './FileInput.tsx'
import { dataUrlOf, pixelsOf } from './load-picture.ts'
import { bytes, drawnFile, type PictureFault, pictureFault } from './picture-file.ts'

type Pixels = { readonly width: number; readonly height: number }
type Props = ButtonProps & { readonly label: string; readonly onPicture: (picture: string, pixels: Pixels) => void }

/** Asks for a picture that is drawn on cards or letters; what does not fit, or is no picture, is said below the button. */
export const PictureButton = ({ label, onPicture, ...look }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<{ readonly fault: PictureFault; readonly size: number } | null>(null)
  const take = async (file: File) => {
    const refuse = (fault: PictureFault) => setRefused({ fault, size: file.size })
    const fault = pictureFault(file, drawnFile)
    if (fault) return refuse(fault)
    const picture = await dataUrlOf(file).catch(() => null)
    const pixels = picture && (await pixelsOf(picture))
    if (!pixels) return refuse('broken')
    setRefused(null)
    onPicture(picture, pixels)
  }
  return (
    <>
      <Button {...look} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <FileInput ref={input} label={label} types={drawnFile.types} onFile={file => void take(file)} />
      {refused && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" w="100%">
          {t(`picture.${refused.fault}`, { size: bytes(refused.size), limit: bytes(drawnFile.limit) })}
        </Text>
      )}
    </>
  )
}
