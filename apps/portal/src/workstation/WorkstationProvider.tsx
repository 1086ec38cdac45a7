import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react'
import { browserEnvironment, type Door } from './environment.ts'
import { createWorkstation, type Workstation, type WorkstationView } from './workstation.ts'

const WorkstationContext = createContext<Workstation | null>(null)

/** Around the pages of somebody who is signed in: connected while it stands, ended with it. */
export const WorkstationProvider = ({ door, children }: { readonly door: Door; readonly children: ReactNode }) => {
  const [workstation] = useState(() => createWorkstation(browserEnvironment(door)))
  useEffect(() => workstation.start(), [workstation])
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
