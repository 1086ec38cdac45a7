import { useEffect, useState } from 'react'

/** A blob address of a data URL: browsers open no data URLs as pages. It is good as long as the page shows it. */
export const usePdfAddress = (dataUrl: string | null): string | null => {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (dataUrl === null) return setAddress(null)
    const bytes = Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), char => char.charCodeAt(0))
    const made = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [dataUrl])
  return address
}
