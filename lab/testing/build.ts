import { execFileSync } from "node:child_process"

/** Tests type `lab` as a user does, so dist/ has to be of today; without a change this takes a few milliseconds. */
export const setup = (): void => {
  execFileSync(process.execPath, ["lab/setup.cjs"], { stdio: "inherit" })
}
