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
    }
    return `export const routes = ${JSON.stringify(routes)}\nexport const words = ${JSON.stringify(words)}\n`
  },
})
