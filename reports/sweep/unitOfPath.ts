/** Words that end the name of a parameter, as a reader sees them. */
const units: Readonly<Record<string, string>> = {
  bps: "bps",
  share: "share",
  tokens: "tokens",
  usd: "USD",
  gwei: "gwei",
  watts: "W",
  seconds: "seconds",
  minutes: "minutes",
  hours: "hours",
  days: "days",
  years: "years",
}

const denominators: Readonly<Record<string, string>> = { gpu: "GPU", kwh: "kWh" }

/** The unit that a parameter's name ends with, e.g. "tokens/GPU" of `protocols.registry.stakeTokensPerGpu`; empty where it ends with none. */
export const unitOfPath = (path: string): string => {
  const words = (path.split(".").at(-1) ?? "").split(/(?=[A-Z])/).map((word) => word.toLowerCase())
  const at = words.findLastIndex((word) => Object.hasOwn(units, word))
  const [per, ...denominator] = words.slice(at + 1)
  if (at < 0 || (per !== undefined && per !== "per")) return ""
  return [units[words[at]!], ...(per === undefined ? [] : [denominator.map((word) => denominators[word] ?? word).join(" ")])].join("/")
}
