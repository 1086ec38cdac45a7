/** What the HTTP edge itself refuses, besides the refusals of core. */
export type ProblemText = {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly advice: string
}

export const edgeProblems = {
  SESSION_REQUIRED: {
    status: 401,
    title: 'Not signed in',
    detail: 'Nobody is signed in, or the session has ended.',
    advice: 'Sign in again. What you had typed is still in this window.',
  },
  VISIT_REQUIRED: {
    status: 401,
    title: 'Time is up',
    detail: 'This page was not used for a while, so your visit has ended.',
    advice: 'Start again. What was written to your device is not lost.',
  },
  LOGIN_REQUIRED: {
    status: 403,
    title: 'Log in first',
    detail: 'This needs a login of another kind.',
    advice: 'Go back to the first page and choose what you want to do.',
  },
  QUESTIONS_REQUIRED: {
    status: 409,
    title: 'Set security questions first',
    detail: 'Your organisation wants you to set security questions before your device is issued.',
    advice: 'Choose your questions and answer them, then go on.',
  },
  PERMISSION_REQUIRED: {
    status: 403,
    title: 'Not permitted',
    detail: 'Your role does not include the permission {permission}.',
    advice: 'Ask an administrator, or have a colleague with that role do it.',
  },
  CSRF_TOKEN_WRONG: {
    status: 403,
    title: 'Request not accepted',
    detail: 'The request did not carry the token of this session.',
    advice: 'Reload the page and try again.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    title: 'Request not accepted',
    detail: 'The request came from another web site.',
    advice: 'Open Cardwright at its own address and try again.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    title: 'Unknown address',
    detail: 'This server is not reached under that name.',
    advice: 'Use the address that the server printed, or start it with --url.',
  },
  INPUT_INVALID: {
    status: 400,
    title: 'Not understood',
    detail: 'Something in the request is missing or not as it should be.',
    advice: 'Correct what is marked and try again.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'Too large',
    detail: 'The request is larger than this server accepts.',
    advice: 'Send less at once.',
  },
  MEDIA_TYPE_NOT_ACCEPTED: {
    status: 415,
    title: 'Not understood',
    detail: 'The request is not JSON.',
    advice: 'Send application/json.',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing at this address.',
    advice: 'Check the address; /api/openapi.json lists what there is.',
  },
  EXTENSION_NOT_BUILT: {
    status: 404,
    title: 'No extension here',
    detail: 'The browser extension was not built on this server.',
    advice: 'Whoever runs the server builds it with npm run build:extension; npm start does it too.',
  },
  CLIENT_NOT_BUILT: {
    status: 404,
    title: 'No client here',
    detail: 'The client for workstations was not built on this server.',
    advice: 'Whoever runs the server builds it with npm run build:client.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many attempts',
    detail: 'There were too many attempts from this address in a short time.',
    advice: 'Wait {seconds} seconds and try again.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    title: 'Sign-in failed',
    detail: 'The name and the password do not belong together.',
    advice: 'Check both and try again. An administrator can give you a new sign-in link.',
  },
  SIGN_IN_LOCKED: {
    status: 429,
    title: 'Sign-in locked for a while',
    detail: 'There were too many wrong passwords for this name.',
    advice: 'Wait {minutes} minutes and try again, use a passkey, or ask an administrator for a new sign-in link.',
  },
  PASSKEY_REFUSED: {
    status: 401,
    title: 'Passkey not accepted',
    detail: 'The passkey is not known here, or its answer does not fit the question.',
    advice: 'Try again, or sign in with your password.',
  },
  INVITATION_SPENT: {
    status: 410,
    title: 'Link no longer good',
    detail: 'This one-time link was used before, has expired, or a newer one has taken its place.',
    advice: 'Ask an administrator for a new one; the first administrator restarts the server to get one.',
  },
  LOGIN_FAILED: {
    status: 403,
    title: 'Not logged in',
    detail: 'What was typed does not belong together, or is not good for this.',
    advice: 'Check it and try again. After too many wrong tries your help desk has to unlock it.',
  },
  LOGIN_LOCKED: {
    status: 423,
    title: 'Locked',
    detail: 'There were too many wrong tries for this name.',
    advice: 'Ask your help desk to unlock it.',
  },
  DIRECTORY_UNREACHABLE: {
    status: 503,
    title: 'Directory not reachable',
    detail: 'The directory that checks this password cannot be reached. This did not count as a try.',
    advice: 'Try again in a few minutes. If it goes on, tell your help desk.',
  },
  ANSWERS_SET_ALREADY: {
    status: 409,
    title: 'Answers are set already',
    detail: 'Security questions were answered before.',
    advice: 'Log in with your device or with the answers to change them.',
  },
  USER_WITHOUT_MAIL: {
    status: 409,
    title: 'No address',
    detail: 'The initial password is to be mailed, but this user has no mail address.',
    advice: 'Add the address on the user’s page, then make a new initial password for the device.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'Key used twice',
    detail: 'This idempotency key was used before for something else.',
    advice: 'Use a new key for each new request.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    title: 'Already under way',
    detail: 'The same request is being carried out at this moment.',
    advice: 'Wait for it; nothing was done twice.',
  },
  OWN_ACCESS: {
    status: 403,
    title: 'Not permitted',
    detail: 'Nobody can change their own access.',
    advice: 'Ask another administrator.',
  },
  OWN_ROLE: {
    status: 403,
    title: 'Not permitted',
    detail: 'This is the role that you have yourself, and nobody can change their own access.',
    advice: 'Ask an administrator with another role.',
  },
  OWN_GROUPS: {
    status: 403,
    title: 'Not permitted',
    detail: 'Your groups decide whom you see, and nobody can change their own access.',
    advice: 'Ask somebody who sees all groups.',
  },
  ROLE_BEYOND_OWN: {
    status: 403,
    title: 'Not permitted',
    detail: 'This role may do more, or sees more groups, than you do yourself.',
    advice: 'Leave out what you may not do, or ask somebody who may.',
  },
  OPERATOR_BEYOND_OWN: {
    status: 403,
    title: 'Not permitted',
    detail: 'With a role this person may do more, or sees more groups, than you do yourself.',
    advice: 'Ask an administrator.',
  },
  GROUP_OUT_OF_SCOPE: {
    status: 403,
    title: 'Not permitted',
    detail: 'You can put users only into groups that you are in, and each user whom you change must be in one of them.',
    advice: 'Choose one of your groups, or ask somebody who sees all groups.',
  },
  ALL_GROUPS_REQUIRED: {
    status: 403,
    title: 'Not permitted',
    detail: 'This concerns everybody, and your role is for your own groups only.',
    advice: 'Ask somebody whose role is for all groups.',
  },
  ROLE_PREDEFINED: {
    status: 409,
    title: 'Predefined role',
    detail: 'The role {role} is predefined: it can be neither changed nor deleted.',
    advice: 'Duplicate it and change the duplicate.',
  },
  ROLE_IN_USE: {
    status: 409,
    title: 'Role in use',
    detail: '{count} operators have the role {role}.',
    advice: 'Give them another role first.',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    title: 'Last administrator',
    detail: 'This is the only active administrator. Without one, nobody could give anybody access again.',
    advice: 'Make somebody else an administrator first.',
  },
  SERVER_STOPPING: {
    status: 503,
    title: 'The server is stopping',
    detail: 'The server is being stopped and takes no new work.',
    advice: 'Try again when it is back.',
  },
  DIRECTORY_NOT_CONFIGURED: {
    status: 409,
    title: 'No directory',
    detail: 'No directory is configured.',
    advice: 'Enter its address and account in the settings first.',
  },
  DIRECTORY_SYNC_RUNNING: {
    status: 409,
    title: 'Already under way',
    detail: 'A sync with the directory is running, here or on another server.',
    advice: 'Wait for it; the list of syncs shows how it ends.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong',
    detail: 'The server met a fault that it did not expect.',
    advice: 'Try again. If it happens again, give the number of this request to whoever runs the server.',
  },
} as const satisfies Readonly<Record<string, ProblemText>>

export type EdgeProblemCode = keyof typeof edgeProblems
