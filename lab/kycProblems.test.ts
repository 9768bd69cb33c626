import { expect, test } from "vitest"
import type { Scenario } from "../sim/scenario.ts"
import { kycProblems } from "./kycProblems.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario: shipped } = readScenario("scenarios/kyc-venue.yaml")
const kyc = shipped.protocols.kyc!
const messages = (changes: Partial<typeof kyc>, agents: Scenario["agents"] = shipped.agents) =>
  kycProblems({ ...shipped, protocols: { ...shipped.protocols, kyc: { ...kyc, ...changes } }, agents }).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  )
const [us] = kyc.jurisdictions

test("the shipped venues fit together", () => {
  expect(kycProblems(shipped)).toEqual([])
  expect(kycProblems(readScenario("scenarios/kyc-freeze.yaml").scenario)).toEqual([])
  expect(kycProblems(readScenario("scenarios/baseline.yaml").scenario)).toEqual([])
})

test("a jurisdiction must be there, once, and somebody must live in one", () => {
  const delisting = { jurisdiction: "mars", day: 3, exit: "sale" } as const
  expect(messages({ delisting })).toEqual(['protocols.kyc.delisting.jurisdiction: unknown jurisdiction "mars"; known are us, eu, asia'])
  expect(messages({ jurisdictions: [us!, us!], delisting: { ...delisting, jurisdiction: "us" } })[0]).toMatch(/jurisdictions.1: .*both/)
  const empty = kyc.jurisdictions.map((one) => ({ ...one, share: 0 }))
  expect(messages({ jurisdictions: empty })).toEqual(["protocols.kyc.jurisdictions: nobody lives anywhere: a share must be above 0"])
  const astray = shipped.agents.map((group) => (group.id === "bridge" ? { ...group, jurisdiction: "moon" } : group))
  expect(messages({}, astray)).toEqual([expect.stringMatching(/^agents.\d+.jurisdiction: unknown jurisdiction "moon"/)])
})

test("what happens on a day happens within the run", () => {
  expect(messages({ delisting: { ...kyc.delisting!, day: 60 } })).toEqual([
    "protocols.kyc.delisting.day: is on day 60, and the run ends on day 60",
  ])
  expect(messages({ transferableFromDay: 60 })).toEqual([
    "protocols.kyc.transferableFromDay: the twin moves from day 60, and the run ends on day 60",
  ])
})

test("one officer runs the gate", () => {
  const officers = (count: number) => [{ kind: "complianceOfficer", id: "officer", count }]
  expect(messages({}, [])).toEqual(["protocols.kyc: needs one agent of kind complianceOfficer, and there are 0"])
  expect(messages({}, officers(2))).toEqual(["protocols.kyc: needs one agent of kind complianceOfficer, and there are 2"])
  expect(messages({}, officers(1))).toEqual([])
})
