export type PinDisplayMode = 'DISPLAYED' | 'DISGUISED' | 'NOT_DISPLAYED'

export type SecuritySettings = {
  readonly pinDisplayMode: PinDisplayMode
  readonly changePinDuringIssuance: boolean
  readonly idleMinutes: number
  readonly sessionHours: number
  readonly passwordAttempts: number
  readonly showUnfitPolicies: boolean
}

export const defaultSecuritySettings: SecuritySettings = {
  pinDisplayMode: 'DISGUISED',
  changePinDuringIssuance: false,
  idleMinutes: 30,
  sessionHours: 10,
  passwordAttempts: 10,
  showUnfitPolicies: true,
}
