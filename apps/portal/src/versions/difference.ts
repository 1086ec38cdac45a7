/** One thing that two versions have differently, in words. */
export type Difference = { readonly field: string; readonly from: string; readonly to: string }
