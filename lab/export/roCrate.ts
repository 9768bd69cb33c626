import type { ExportedTable } from "./exportTables.ts"

/** One file of the crate. */
export interface CrateFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly format: string
  readonly description: string
}

export interface CrateInput {
  readonly title: string
  readonly description: string
  readonly datePublished: string
  readonly endTime: string
  readonly authors: ReadonlyArray<string>
  readonly license?: string
  readonly maker: { readonly depinlab: string; readonly code: string; readonly node: string; readonly anvil: string }
  readonly tables: ReadonlyArray<ExportedTable>
  /** Files that went in, and those that came out. */
  readonly inputs: ReadonlyArray<CrateFile>
  readonly results: ReadonlyArray<CrateFile>
}

const crateProfile = "https://w3id.org/ro/crate/1.1"
const processProfile = "https://w3id.org/ro/wfrun/process/0.5"

const at = (id: string) => ({ "@id": id })

/** RO-Crate 1.1 metadata with the profile Process Run Crate 0.5: who made what of which inputs with which program. */
export const roCrate = (input: CrateInput): object => {
  const columnId = (table: string, column: string) => `#${table}/${encodeURIComponent(column)}`
  const people = input.authors.map((name, i) => ({ "@id": `#author-${i + 1}`, "@type": "Person", name }))
  return {
    "@context": `${crateProfile}/context`,
    "@graph": [
      { "@id": "ro-crate-metadata.json", "@type": "CreativeWork", conformsTo: at(crateProfile), about: at("./") },
      {
        "@id": "./",
        "@type": "Dataset",
        conformsTo: at(processProfile),
        name: input.title,
        description: input.description,
        datePublished: input.datePublished,
        ...(input.license === undefined ? {} : { license: at(input.license) }),
        ...(people.length > 0 ? { author: people.map((person) => at(person["@id"])) } : {}),
        hasPart: [...input.inputs, ...input.results].map(({ name }) => at(name)),
        mentions: at("#simulation"),
      },
      { "@id": processProfile, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
      ...(input.license === undefined ? [] : [{ "@id": input.license, "@type": "CreativeWork", name: "Licence of this data set" }]),
      ...people,
      {
        "@id": "#simulation",
        "@type": "CreateAction",
        name: `Simulation of ${input.title}`,
        actionStatus: "http://schema.org/CompletedActionStatus",
        instrument: at("#depinlab"),
        object: input.inputs.map(({ name }) => at(name)),
        result: input.results.map(({ name }) => at(name)),
        ...(people.length > 0 ? { agent: at(people[0]!["@id"]) } : {}),
        ...(input.endTime === "" ? {} : { endTime: input.endTime }),
      },
      {
        "@id": "#depinlab",
        "@type": "SoftwareApplication",
        name: "depinlab",
        version: input.maker.depinlab,
        softwareVersion: `${input.maker.depinlab}, sources ${input.maker.code}`,
        softwareRequirements: [at("#node"), at("#anvil")],
      },
      { "@id": "#node", "@type": "SoftwareApplication", name: "Node.js", version: input.maker.node },
      { "@id": "#anvil", "@type": "SoftwareApplication", name: "Anvil (Foundry)", version: input.maker.anvil },
      ...[...input.inputs, ...input.results].map(({ name, bytes, sha256, format, description }) => {
        const table = input.tables.find(({ file }) => file === name)
        return {
          "@id": name,
          "@type": "File",
          name,
          description,
          contentSize: String(bytes),
          encodingFormat: format,
          sha256,
          ...(table === undefined ? {} : { variableMeasured: table.columns.map((column) => at(columnId(table.name, column.name))) }),
        }
      }),
      ...input.tables.flatMap(({ name, columns }) =>
        columns.map((column) => ({
          "@id": columnId(name, column.name),
          "@type": "PropertyValue",
          name: column.name,
          description: column.description,
        })),
      ),
    ],
  }
}
