import { createContext, type ReactNode, use, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { browserEnvironment, type Door } from './environment.ts'
import { createWorkstation, type Workstation, type WorkstationView } from './workstation.ts'

const WorkstationContext = createContext<Workstation | null>(null)

type Props = {
  readonly door: Door
  /** False for whoever may not use readers: nothing is connected then. */
  readonly enabled?: boolean
  /** Anything that is another one after a login: the relay belongs to one session at the server. */
  readonly session?: string
  readonly children: ReactNode
}

/** Around the pages of somebody who is signed in: connected while it stands, ended with it. */
export const WorkstationProvider = ({ door, enabled = true, session, children }: Props) => {
  const [workstation] = useState(() => createWorkstation(browserEnvironment(door)))
  useEffect(() => (enabled ? workstation.start() : undefined), [workstation, enabled])
  const connectedFor = useRef(session)
  useEffect(() => {
    if (connectedFor.current === session) return
    connectedFor.current = session
    workstation.sessionChanged()
  }, [workstation, session])
  return <WorkstationContext value={workstation}>{children}</WorkstationContext>
}

export type UseWorkstation = WorkstationView & Pick<Workstation, 'check' | 'keep'>

/** State, versions, and what a page does with the workstation. Below WorkstationProvider only. */
export const useWorkstation = (): UseWorkstation => {
  const workstation = use(WorkstationContext)
  if (workstation === null) throw new Error('There is no WorkstationProvider above.')
  const view = useSyncExternalStore(workstation.subscribe, workstation.view)
  return { ...view, check: workstation.check, keep: workstation.keep }
}
