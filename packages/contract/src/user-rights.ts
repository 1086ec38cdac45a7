/** What a person may do in the User portal. It follows from the service that was logged in to, never from a role. */
export const userRights = [
  /** Any browser at the User portal, also before the login. */
  'user:visit',
  /** Any login: see oneself, set the security questions if they are not set. */
  'user:self',
  'user:issue',
  'user:change-pin',
  'user:change-answers',
  'user:unlock',
  /** Declare an incident without the device, follow it and take it back. */
  'user:incident',
] as const
export type UserRight = (typeof userRights)[number]

export const userServices = ['ISSUANCE', 'WITHOUT_DEVICE', 'DEVICE'] as const
export type UserService = (typeof userServices)[number]

/** REQUIREMENTS U-4, U-7, U-13: what each of the three logins is good for. */
export const userServiceRights: Readonly<Record<UserService, readonly UserRight[]>> = {
  ISSUANCE: ['user:visit', 'user:self', 'user:issue'],
  WITHOUT_DEVICE: ['user:visit', 'user:self', 'user:change-answers', 'user:unlock', 'user:incident'],
  DEVICE: ['user:visit', 'user:self', 'user:change-pin', 'user:change-answers'],
}

export const isUserRight = (access: string): access is UserRight => userRights.some(r => r === access)
