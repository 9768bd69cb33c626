/** The command that executes a run again; a folder that a shell would take for more than a name is quoted. */
export const replayCommand = (runsFolder: string, run: string): string => {
  const path = `${runsFolder}/${run}`
  return `npm run -s lab -- replay ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`
}
