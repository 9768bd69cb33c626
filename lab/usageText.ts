import type { CliError } from "effect/cli"

/** A mistyped command as one line: what is wrong, what was meant, where the help is. */
export const usageText = (errors: ReadonlyArray<CliError.NonShowHelpErrors>, commandPath: ReadonlyArray<string>): string =>
  `${errors.map(sentence).join("; ")} (see ${commandPath.join(" ")} --help)`

const sentence = (error: CliError.NonShowHelpErrors): string => {
  switch (error._tag) {
    case "UnrecognizedOption":
      return `unknown flag ${error.option}${didYouMean(error.suggestions)}`
    case "UnknownSubcommand":
      return `unknown command ${JSON.stringify(error.subcommand)}${didYouMean(error.suggestions)}`
    case "MissingArgument":
      return `the argument <${error.argument}> is missing`
    default:
      return error.message.replaceAll(/\s*\n\s*/g, " ")
  }
}

const didYouMean = (suggestions: ReadonlyArray<string>): string => (suggestions.length > 0 ? `; did you mean ${suggestions.join(" or ")}?` : "")
