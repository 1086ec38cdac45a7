import type { Plugin } from 'vite'

/**
 * `virtual:contract`: the route table without its schemas, so that Zod stays out of the bundle. The types of the
 * module (src/api/contract.d.ts) still come from the schemas, so a call that does not fit the contract does not compile.
 */
export const contractPlugin = (): Plugin => ({
  name: 'cardwright-contract',
  resolveId: source => (source === 'virtual:contract' ? '\0virtual:contract' : undefined),
  load: async source => {
    if (source !== '\0virtual:contract') return undefined
    const contract = await import('@cardwright/contract')
    const routes = Object.fromEntries(
      Object.values(contract.routes).map(r => [
        r.id,
        {
          id: r.id,
          method: r.method,
          path: r.path,
          access: r.access,
          needsAllGroups: r.needsAllGroups === true,
          idempotent: r.idempotent === true,
        },
      ]),
    )
    const { vocabulary: v } = contract
    const words = {
      roles: contract.predefinedRoles,
      permissions: contract.permissionTable,
      permissionAreas: contract.permissionAreas,
      roleScopes: contract.roleScopes,
      deviceState: v.deviceState.options,
      terminationReason: v.terminationReason.options,
      issuanceType: v.issuanceType.options,
      pinDisplayMode: v.pinDisplayMode.options,
      keyAlgorithm: v.keyAlgorithm.options,
      certificateProfile: v.certificateProfile.options,
      pinPolicy: v.pinPolicy.options,
      touchPolicy: v.touchPolicy.options,
      layoutField: contract.layoutFields,
    }
    const measures = {
      card: { x: 0, y: 0, width: contract.CARD_WIDTH_MM, height: contract.CARD_HEIGHT_MM },
      chip: contract.CHIP_ZONE_MM,
      magneticStripe: contract.MAGNETIC_STRIPE_ZONE_MM,
      printDpi: contract.PRINT_DPI,
      photoRatio: contract.PHOTO_RATIO,
      photoWidth: contract.PHOTO_WIDTH,
      photoHeight: contract.PHOTO_HEIGHT,
      photoUploadLimit: contract.PHOTO_UPLOAD_LIMIT,
    }
    return `export const routes = ${JSON.stringify(routes)}\nexport const words = ${JSON.stringify(words)}\nexport const measures = ${JSON.stringify(measures)}\n`
  },
})
