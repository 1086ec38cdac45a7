import { Button, Group, Loader, NativeSelect, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { type CameraFault, cameraFault } from './camera-fault.ts'
import css from './Photo.module.css'

type Props = { readonly onPicture: (picture: Blob) => void; readonly onBack: () => void }
type Device = { readonly id: string; readonly label: string }

/** The picture of a camera of this computer, and a button that takes it. The camera is let go as soon as this goes. */
export const Camera = ({ onPicture, onBack }: Props) => {
  const video = useRef<HTMLVideoElement>(null)
  /** Which camera, if one was chosen; a new object is a new attempt. */
  const [attempt, setAttempt] = useState<{ readonly camera: string | null }>({ camera: null })
  const [cameras, setCameras] = useState<readonly Device[]>([])
  const [running, setRunning] = useState<{ readonly id: string; readonly mirrored: boolean } | null>(null)
  const [fault, setFault] = useState<CameraFault | null>(null)

  useEffect(() => {
    let stream: MediaStream | null = null
    let gone = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const start = async () => {
      setRunning(null)
      setFault(null)
      // Browsers offer cameras to pages from a safe origin only.
      if (!navigator.mediaDevices) return setFault('insecure')
      try {
        const which = attempt.camera ? { deviceId: { exact: attempt.camera } } : { facingMode: 'user' }
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { ...which, width: { ideal: 1920 }, height: { ideal: 1440 } },
        })
        if (gone || !video.current) return stop()
        const [track] = stream.getVideoTracks()
        track?.addEventListener('ended', () => setFault('busy'))
        video.current.srcObject = stream
        await video.current.play()
        // Names are told only once a camera was permitted.
        const devices = (await navigator.mediaDevices.enumerateDevices()).filter(one => one.kind === 'videoinput')
        if (gone) return stop()
        setCameras(
          devices.map(({ deviceId, label }, at) => ({
            id: deviceId,
            label: label || t('photo.cameraNumber', { number: at + 1 }),
          })),
        )
        const settings = track?.getSettings()
        setRunning({ id: settings?.deviceId ?? '', mirrored: settings?.facingMode !== 'environment' })
      } catch (error) {
        stop()
        if (!gone) setFault(cameraFault(error))
      }
    }
    void start()
    return () => {
      gone = true
      stop()
    }
  }, [attempt])

  const take = () => {
    const from = video.current
    if (!from) return
    const canvas = document.createElement('canvas')
    canvas.width = from.videoWidth
    canvas.height = from.videoHeight
    canvas.getContext('2d')?.drawImage(from, 0, 0)
    canvas.toBlob(blob => blob && onPicture(blob), 'image/jpeg', 0.92)
  }

  return (
    <Stack gap="md">
      {fault ? (
        <Notice tone="warn" role="alert" title={t(`photo.camera.${fault}`)}>
          {t(`photo.camera.${fault}.advice`)}
        </Notice>
      ) : (
        <>
          <video
            ref={video}
            className={css.video}
            aria-label={t('photo.cameraPicture')}
            data-mirrored={running?.mirrored || undefined}
            muted
            playsInline
          />
          <div role="status">
            {!running && (
              <Group gap="xs">
                <Loader size="xs" /> {t('photo.cameraStarts')}
              </Group>
            )}
          </div>
        </>
      )}
      {cameras.length > 1 && (
        <NativeSelect
          label={t('photo.cameraChoice')}
          value={attempt.camera ?? running?.id ?? ''}
          data={cameras.map(({ id, label }) => ({ value: id, label }))}
          onChange={event => setAttempt({ camera: event.currentTarget.value })}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack} data-autofocus>
          {t('common.back')}
        </Button>
        {fault ? (
          fault !== 'insecure' && (
            <Button onClick={() => setAttempt({ camera: attempt.camera })}>{t('common.retry')}</Button>
          )
        ) : (
          <Button disabled={!running} onClick={take}>
            {t('photo.take')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
