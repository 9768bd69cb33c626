import { a1 } from "./a1.ts"
import { a2 } from "./a2.ts"
import { a3 } from "./a3.ts"
import { a5 } from "./a5.ts"
import { a6 } from "./a6.ts"
import { a8 } from "./a8.ts"
import { a9 } from "./a9.ts"
import { l1 } from "./l1.ts"
import { l2 } from "./l2.ts"
import { l3 } from "./l3.ts"
import { m2 } from "./m2.ts"
import { m1 } from "./m1.ts"
import { m4 } from "./m4.ts"
import { o1 } from "./o1.ts"
import { o2 } from "./o2.ts"
import { q1 } from "./q1.ts"
import { q2 } from "./q2.ts"
import { q3 } from "./q3.ts"
import { q4 } from "./q4.ts"
import type { ReferenceCase } from "./referenceCase.ts"
import { t1 } from "./t1.ts"
import { t4 } from "./t4.ts"

/** Every reference case that can be measured, by its id. */
export const cases: Readonly<Record<string, ReferenceCase>> = {
  A1: a1,
  A2: a2,
  A3: a3,
  A5: a5,
  A6: a6,
  A8: a8,
  A9: a9,
  L1: l1,
  L2: l2,
  L3: l3,
  M2: m2,
  M1: m1,
  M4: m4,
  O1: o1,
  O2: o2,
  Q1: q1,
  Q2: q2,
  Q3: q3,
  Q4: q4,
  T1: t1,
  T4: t4,
}

/** Known reference numbers that nothing here measures yet, with what they wait for. They never pass. */
export const openCases: Readonly<Record<string, string>> = {
  G1: "governance",
  G3: "governance",
  H1: "a threshold to be judged by; the errors beside a random walk are published by lab calibrate scenarios/calibrations/helium.yaml",
}
