/** Written by the server into the package that it offers: whom this extension serves. */
declare module '*/site.js' {
  /** Origins of the portal, as browsers write them (`https://cards.example.org`). */
  export const origins: readonly string[]
}
