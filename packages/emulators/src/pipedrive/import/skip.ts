/** Why a row is left out, in words for the skip file. */
export class Skip extends Error {}
