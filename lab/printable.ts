/** Text from outside as one harmless line: no control or direction-changing characters, and cut to a length. */
export const printable = (text: string, lengthMax = 200): string => {
  const line = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
  return line.length > lengthMax ? `${line.slice(0, lengthMax)}...` : line
}
