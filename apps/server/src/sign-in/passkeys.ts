import { randomUUID } from 'node:crypto'
import type { Clock, User } from '@cardwright/core'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { EdgeError } from '../http/problems.ts'
import type { Address } from '../http/same-origin.ts'
import type { SignInStore, StoredPasskey } from './sign-in-store.ts'

type Options = Record<string, unknown>
type Ceremony = { readonly ceremony: string; readonly options: Options }

export type Passkeys = {
  signInOptions(): Promise<Ceremony>
  /** The user whose passkey answered. Throws PASSKEY_REFUSED. */
  signIn(ceremony: string, response: unknown): Promise<string>
  registerOptions(user: User): Promise<Ceremony>
  /** What to store. Throws PASSKEY_REFUSED. */
  verifyRegistration(ceremony: string, userId: string, response: unknown): Promise<StoredPasskey>
}

const PATIENCE_MS = 5 * 60_000

/** Passkeys (WebAuthn level 3). A challenge is used once and belongs to one ceremony; verification of the user is required. */
export const createPasskeys = (store: SignInStore, address: () => Address, clock: Clock): Passkeys => {
  const relyingParty = () => {
    const { publicUrl, allowedHosts } = address()
    const url = new URL(publicUrl)
    const origins = [...allowedHosts].map(host => `${url.protocol}//${host}`)
    return { id: url.hostname, origins: [url.origin, ...origins] }
  }
  const begin = async (kind: 'sign-in' | 'register', userId: string | null, options: { challenge: string }) => {
    const ceremony = randomUUID()
    await store.ceremonies.start({
      id: ceremony,
      kind,
      challenge: options.challenge,
      userId,
      expiresAt: clock() + PATIENCE_MS,
    })
    return { ceremony, options: { ...options } }
  }
  const take = async (id: string, kind: 'sign-in' | 'register', userId: string | null) => {
    const found = await store.ceremonies.take(id, clock())
    if (found === null || found.kind !== kind || found.userId !== userId) throw new EdgeError('PASSKEY_REFUSED')
    return found
  }

  return {
    signInOptions: async () =>
      begin(
        'sign-in',
        null,
        // No list of allowed credentials: it would tell who exists. The authenticator offers what it has for us.
        await generateAuthenticationOptions({
          rpID: relyingParty().id,
          userVerification: 'required',
          timeout: PATIENCE_MS,
        }),
      ),
    signIn: async (id, answer) => {
      const { challenge } = await take(id, 'sign-in', null)
      const response = answer as AuthenticationResponseJSON
      const passkey = await store.passkeys.get(response.id)
      if (passkey === null) throw new EdgeError('PASSKEY_REFUSED')
      const { id: rpID, origins } = relyingParty()
      const result = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origins,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: {
          id: passkey.credentialId,
          publicKey: Uint8Array.from(passkey.publicKey),
          counter: passkey.signCount,
        },
      }).catch(() => null)
      if (!result?.verified) throw new EdgeError('PASSKEY_REFUSED')
      await store.passkeys.used(passkey.credentialId, result.authenticationInfo.newCounter, clock())
      return passkey.userId
    },
    registerOptions: async user => {
      const existing = await store.passkeys.ofUser(user.id)
      const options = await generateRegistrationOptions({
        rpName: 'Cardwright',
        rpID: relyingParty().id,
        userName: user.loginName,
        userDisplayName: user.displayName,
        userID: Uint8Array.from(Buffer.from(user.id.replaceAll('-', ''), 'hex')),
        timeout: PATIENCE_MS,
        attestationType: 'none',
        excludeCredentials: existing.map(p => ({ id: p.credentialId, transports: [...p.transports] })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      return begin('register', user.id, options)
    },
    verifyRegistration: async (id, userId, answer) => {
      const { challenge } = await take(id, 'register', userId)
      const { id: rpID, origins } = relyingParty()
      const result = await verifyRegistrationResponse({
        response: answer as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origins,
        expectedRPID: rpID,
        requireUserVerification: true,
      }).catch(() => null)
      if (!result?.verified) throw new EdgeError('PASSKEY_REFUSED')
      const { credential } = result.registrationInfo
      return {
        credentialId: credential.id,
        userId,
        publicKey: Uint8Array.from(credential.publicKey),
        signCount: credential.counter,
        transports: [...(credential.transports ?? [])],
      }
    },
  }
}
