import { measures } from 'virtual:contract'
import { Button, Group, Text } from '@mantine/core'
import { IconCamera, IconUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { Notice } from '../parts/Notice.tsx'
import { bytes } from '../parts/picture-file.ts'
import { t } from '../texts/t.ts'
import css from './Photo.module.css'
import { type PhotoFault, photoTypes } from './photo-file.ts'

type Props = {
  readonly fault: { readonly kind: PhotoFault; readonly size: number } | null
  readonly onFile: (file: File) => void
  readonly onCamera: () => void
}

/** Where the picture comes from: a file, dropped or chosen, or the camera. */
export const ChoosePicture = ({ fault, onFile, onCamera }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const limit = bytes(measures.photoUploadLimit)
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
        <input
          ref={input}
          type="file"
          accept={photoTypes.join()}
          className={css.hidden}
          aria-label={t('photo.choose')}
          onChange={event => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (file) onFile(file)
          }}
        />
      </section>
    </>
  )
}
