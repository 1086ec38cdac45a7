import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react'
import { browserEnvironment, type Door } from './environment.ts'
import { createWorkstation, type Workstation, type WorkstationView } from './workstation.ts'

const WorkstationContext = createContext<Workstation | null>(null)

type Props = {
  readonly door: Door
  /** False for whoever may not use readers: nothing is connected then. */
  readonly enabled?: boolean
  readonly children: ReactNode
}

/** Around the pages of somebody who is signed in: connected while it stands, ended with it. */
export const WorkstationProvider = ({ door, enabled = true, children }: Props) => {
  const [workstation] = useState(() => createWorkstation(browserEnvironment(door)))
  useEffect(() => (enabled ? workstation.start() : undefined), [workstation, enabled])
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
