import { workstation } from '../../texts/en/workstation.ts'
import { frame } from './en/frame.ts'
import { home } from './en/home.ts'
import { issue } from './en/issue.ts'
import { login } from './en/login.ts'
import { request } from './en/request.ts'
import { start } from './en/start.ts'

/** Every text of the User portal. Keys are flat, so that a key can be searched for as it stands in a component. */
export const en = { ...workstation, ...frame, ...start, ...login, ...issue, ...home, ...request } as const
