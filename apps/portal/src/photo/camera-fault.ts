/** Why a camera gives no picture, as far as a browser says it (W3C Media Capture and Streams §10.2, getUserMedia). */
export type CameraFault = 'denied' | 'none' | 'busy' | 'insecure' | 'other'

const names: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

export const cameraFault = (error: unknown): CameraFault =>
  error instanceof Error ? (names[error.name] ?? 'other') : 'other'
