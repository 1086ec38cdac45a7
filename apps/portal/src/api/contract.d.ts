declare module 'virtual:contract' {
  type Contract = typeof import('@cardwright/contract')
  type Table = Contract['routes']
  type Vocabulary = Contract['vocabulary']

  /** Method and path at run time; the schemas as types only. */
  export const routes: {
    readonly [K in keyof Table]: import('./route-types.ts').ClientRoute<
      import('./route-types.ts').ParamsOf<Table[K]>,
      import('./route-types.ts').QueryOf<Table[K]>,
      import('./route-types.ts').BodyOf<Table[K]>,
      import('./route-types.ts').AnswerOf<Table[K]>
    >
  }
  export const words: {
    readonly roles: Contract['predefinedRoles']
    readonly permissions: Contract['permissionTable']
    readonly permissionAreas: Contract['permissionAreas']
    readonly roleScopes: Contract['roleScopes']
    readonly deviceState: Vocabulary['deviceState']['options']
    readonly terminationReason: Vocabulary['terminationReason']['options']
    readonly issuanceType: Vocabulary['issuanceType']['options']
    readonly pinDisplayMode: Vocabulary['pinDisplayMode']['options']
    readonly keyAlgorithm: Vocabulary['keyAlgorithm']['options']
    readonly certificateProfile: Vocabulary['certificateProfile']['options']
    readonly pinPolicy: Vocabulary['pinPolicy']['options']
    readonly touchPolicy: Vocabulary['touchPolicy']['options']
    readonly layoutField: Contract['layoutFields']
  }
  type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** Millimetres of the card, pixels and bytes of a photo. */
  export const measures: {
    readonly card: Place
    readonly chip: Place
    readonly magneticStripe: Place
    readonly printDpi: number
    readonly photoRatio: number
    readonly photoWidth: number
    readonly photoHeight: number
    readonly photoUploadLimit: number
  }
}
