import type { Style } from "../figure.ts"

/** Colours are those of Okabe and Ito (2008), set for light and dark in style/theme.css; dashes tell them apart without colour. */
const DASHES = ["", "7 3", "2 3", "10 3 2 3", "4 2", "1 2", "12 4", "6 2 1 2 1 2"]

export const colour = (style: Style): string => `var(--colour-${style % DASHES.length})`

export const dash = (style: Style): string => DASHES[style % DASHES.length] ?? ""
