import { routes } from 'virtual:contract'
import type { Session } from '@cardwright/contract'
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { ApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { t } from '../texts/t.ts'

/** The browser tells nothing apart on purpose (WebAuthn L3 §14.5.2), so the words cover giving up, time-out and no match. */
const notUsed = (cause: unknown): ApiError => {
  const error = new ApiError({
    status: 0,
    code: 'PASSKEY',
    detail: t('passkey.cancelled'),
    step: t('passkey.step'),
    advice: t('passkey.cancelledAdvice'),
  })
  error.cause = cause
  return error
}

export const signInWithPasskey = async (): Promise<Session> => {
  const { ceremony, options } = await call(routes.passkeyOptions, {})
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  const response = await startAuthentication({ optionsJSON }).catch(cause => Promise.reject(notUsed(cause)))
  return call(routes.signInPasskey, { body: { ceremony, response: { ...response } } })
}

export const registerPasskey = async (token: string): Promise<Session> => {
  const { ceremony, options } = await call(routes.acceptWithPasskeyOptions, { body: { token } })
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const response = await startRegistration({ optionsJSON }).catch(cause => Promise.reject(notUsed(cause)))
  return call(routes.acceptWithPasskey, { body: { token, ceremony, response: { ...response } } })
}
