import { Button, Group, Text } from '@mantine/core'
import { IconCamera, IconUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { FileInput } from '../parts/FileInput.tsx'
import { Notice } from '../parts/Notice.tsx'
import { bytes, type PictureFault } from '../parts/picture-file.ts'
import { t } from '../texts/t.ts'
import css from './Photo.module.css'
import { photoFile } from './photo-file.ts'

type Props = {
  readonly fault: { readonly kind: PictureFault; readonly size: number } | null
  readonly onFile: (file: File) => void
  readonly onCamera: () => void
}

/** Where the picture comes from: a file, dropped or chosen, or the camera. */
export const ChoosePicture = ({ fault, onFile, onCamera }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const limit = bytes(photoFile.limit)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <>
      {fault && (
        <Notice tone="bad" role="alert" title={t(`photo.${fault.kind}`)}>
          {t(`photo.${fault.kind}.advice`, { size: bytes(fault.size), limit })}
        </Notice>
      )}
      <section
        aria-label={t('photo.drop')}
        className={css.drop}
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text>{t('photo.drop')}</Text>
        <Group justify="center">
          <Button
            leftSection={<IconUpload size={16} aria-hidden />}
            onClick={() => input.current?.click()}
            data-autofocus
          >
            {t('photo.choose')}
          </Button>
          <Button variant="default" leftSection={<IconCamera size={16} aria-hidden />} onClick={onCamera}>
            {t('photo.camera')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('photo.limits', { limit })}
        </Text>
        <FileInput ref={input} label={t('photo.choose')} types={photoFile.types} onFile={onFile} />
      </section>
    </>
  )
}
