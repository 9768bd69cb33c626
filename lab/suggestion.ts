/** `; did you mean x?` for the candidate nearest to a mistyped word, or nothing when none is near. */
export const suggestion = (word: string, candidates: ReadonlyArray<string>): string => {
  const near = candidates
    .map((candidate) => ({ candidate, edits: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)))
    .sort((a, b) => a.edits - b.edits)[0]
  return near === undefined ? "" : `; did you mean ${near.candidate}?`
}

/** Insertions, deletions and substitutions from a to b (Wagner and Fischer 1974). Long words are cut: they are no typing errors. */
const editDistance = (a: string, b: string): number => {
  const [from, to] = [a.slice(0, 64), b.slice(0, 64)]
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const above = row
    row = [i]
    for (let j = 1; j <= to.length; j++) {
      const substituted = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)
      row.push(Math.min(substituted, above[j]! + 1, row[j - 1]! + 1))
    }
  }
  return row[to.length]!
}
