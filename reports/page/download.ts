import { el } from "../el.ts"

/** Hands the reader a file. */
export const download = (fileName: string, type: string, content: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = el("a", { href: url, download: fileName })
  link.click()
  URL.revokeObjectURL(url)
}

/** A file name that is the same on every system, whatever the title holds. */
export const fileName = (title: string, part: string, extension: string): string => {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
  return `${plain || "report"}-${part}.${extension}`
}
