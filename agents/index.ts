import type { AgentRegistry } from "../sim/actor.ts"
import { arbitrator } from "./arbitrator.ts"
import { arbitrageur } from "./arbitrageur.ts"
import { beneficiary } from "./beneficiary.ts"
import { buyer } from "./buyer.ts"
import { claimant } from "./claimant.ts"
import { complianceOfficer } from "./complianceOfficer.ts"
import { depositor } from "./depositor.ts"
import { farmer } from "./farmer.ts"
import { gateArbitrageur } from "./gateArbitrageur.ts"
import { delegator } from "./delegator.ts"
import { fisherman } from "./fisherman.ts"
import { indexer } from "./indexer.ts"
import { feedNode } from "./feedNode.ts"
import { inflationAttacker } from "./inflationAttacker.ts"
import { keeper } from "./keeper.ts"
import { liquidityProvider } from "./liquidityProvider.ts"
import { locker } from "./locker.ts"
import { oracleNode } from "./oracleNode.ts"
import { withFraud } from "./fraud/withFraud.ts"
import { judge } from "./judge.ts"
import { predator } from "./predator.ts"
import { provider } from "./provider.ts"
import { rangeProvider } from "./rangeProvider.ts"
import { regulatedTrader } from "./regulatedTrader.ts"
import { staker } from "./staker.ts"
import { strategist } from "./strategist.ts"
import { trader } from "./trader.ts"
import { washBuyer } from "./washBuyer.ts"
import { whale } from "./whale.ts"

/** Every kind of agent by the name that scenarios use. */
export const agents = {
  arbitrageur,
  arbitrator,
  beneficiary,
  buyer,
  claimant,
  complianceOfficer,
  depositor,
  farmer,
  gateArbitrageur,
  delegator,
  fisherman,
  indexer,
  feedNode,
  inflationAttacker,
  keeper,
  judge,
  liquidityProvider,
  locker,
  oracleNode,
  predator,
  provider: withFraud(provider),
  rangeProvider,
  regulatedTrader,
  staker,
  strategist,
  trader,
  washBuyer,
  whale,
} satisfies AgentRegistry
