// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import HostModel
import Testing

/// The rules of the house that a machine can check.
@Suite struct LayeringTests {
  /// Who may import what of ours. Anything else is a wrong turn.
  static let allowed: [String: Set<String>] = [
    "Sources/Evidence": [], "Sources/CanonicalJSON": [], "Sources/HostModel": ["Evidence"],
    "Sources/Tape": ["Evidence", "CanonicalJSON", "FoundationEssentials"], "Sources/Markup": ["CHost"],
    "Sources/Importers": ["Evidence", "Markup", "Tape", "FoundationEssentials"],
    // Rungs that several probes share and that read libvirt's XML and JSON descriptors, which HostModel must not.
    "Sources/Virtualization": ["Evidence", "HostModel", "Markup", "FoundationEssentials"],
    // YAML, for the operator's program alone.
    "Sources/Documents": ["Tape", "Yams"], "Sources/StrictJSON": ["CFleet"],
    "Sources/Planning": ["Documents", "StrictJSON", "Tape"], "Sources/Tables": ["CanonicalJSON"],
    "Sources/Disclosure": ["Crypto", "Tables"],
    // Only what Disclosure lets through.
    "Sources/Board": ["CanonicalJSON", "Crypto", "Disclosure", "Tables"],
    // Keys, for the operator's program alone.
    "Sources/Signing": [
      "CanonicalJSON", "Crypto", "Documents", "FoundationEssentials", "HostModel", "LiveHost", "Planning",
      "StrictJSON", "Tape",
    ],
    // SQLite, for the operator's program alone.
    "Sources/Fleet": [
      "CanonicalJSON", "Crypto", "FoundationEssentials", "GRDB", "HostModel", "LiveHost", "Planning",
      "Signing",
      "StrictJSON", "Tables", "Tape",
    ],
    // For the operator's program alone.
    "Sources/Processes": ["LiveHost", "Tape"],
    // Other people's program, and rows.
    "Sources/FleetSpark": ["Fleet", "HostModel", "LiveHost", "Processes", "StrictJSON", "Tables", "Tape"],
    "Sources/Exports": ["CanonicalJSON", "Planning", "Yams"],
    // The device table is JSON.
    "Sources/Devices": ["Evidence", "HostModel", "FoundationEssentials"],
    "Probes": ["Devices", "Evidence", "HostModel", "Markup", "Virtualization"],
    // The table of advisories is JSON.
    "Sources/Advisories": ["HostModel", "FoundationEssentials"],
    "Sources/HardwareBOM": ["Advisories", "CanonicalJSON", "Evidence", "HostModel", "Tape"],
    "Reports": ["Evidence", "HardwareBOM", "HostModel", "CanonicalJSON", "Results", "Summary"],
    "Sources/Results": ["HostModel"], "Sources/Summary": ["Evidence", "HostModel", "CanonicalJSON"],
    "Sources/Compliance": [
      "CanonicalJSON", "Crypto", "Documents", "Exports", "HostModel", "Planning", "Tape",
    ],
    "Sources/Interop": [
      "CanonicalJSON", "Crypto", "Documents", "Exports", "HostModel", "Planning", "Tape",
    ],
  ]

  @Test(arguments: allowed.keys.sorted()) func aModuleImportsOnlyWhatIsBelowIt(_ folder: String) throws {
    let allowed = try #require(Self.allowed[folder])
    for file in try Repository.swiftFiles(below: folder) {
      for name in file.imports {
        #expect(allowed.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test func onlyWrappersTouchC() throws {
    for file in try Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Probes")
      + Repository.swiftFiles(below: "Reports")
    {
      let mayTouch = ["LiveHost", "Markup", "Processes", "StrictJSON"].contains {
        file.path.hasPrefix("Sources/\($0)/")
      }
      let isC = file.imports.contains("CHost") || file.imports.contains("CFleet")
      #expect(mayTouch || !isC, "\(file.path) imports C")
      #expect(mayTouch || !file.text.contains("unsafe "), "\(file.path) holds unsafe code")
      #expect(!file.imports.contains("Foundation"), "\(file.path) imports full Foundation")
    }
  }

  @Test func foldersManifestAndCatalogAgree() throws {
    let manifest = try Repository.text("Package.swift")
    for (folder, types) in [
      ("Probes", Catalog.probes.map { String(describing: $0) }),
      ("Reports", Catalog.reports.map { String(describing: $0) }),
    ] {
      let suffix = folder.dropLast()
      let names = try Repository.folders(in: folder)
      #expect(Set(types) == Set(names.map { "\($0)\(suffix)" }))
      for name in names { #expect(manifest.contains("\"\(name)\""), "\(name) is not in Package.swift") }
    }
  }

  @Test func noFileIsLongerThanTheStyleAllows() throws {
    for folder in ["Sources", "Probes", "Reports", "Tests"] {
      for file in try Repository.swiftFiles(below: folder) {
        #expect(
          file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 400, "\(file.path)")
      }
    }
  }

  @Test func everyIDIsUniqueAcrossProbes() {
    let ladders = Catalog.probes.flatMap { $0.ladders }
    #expect(Set(ladders.map(\.id)).count == ladders.count)
    for ladder in ladders {
      #expect(Set(ladder.rungs.map(\.id)).count == ladder.rungs.count, "\(ladder.id)")
      let ids = ladder.rungs.map(\.id)
      for rung in ladder.rungs {
        #expect(!rung.specification.isEmpty, "\(ladder.id)/\(rung.id) has no source")
        for implied in rung.implies where ids.contains(implied) {
          let below = (ids.firstIndex(of: implied) ?? 0) < (ids.firstIndex(of: rung.id) ?? 0)
          #expect(below, "\(ladder.id)/\(rung.id) implies \(implied), which is not below it")
        }
      }
    }
    #expect(Set(Catalog.probes.map { $0.id }).count == Catalog.probes.count)
    #expect(Catalog.probes.allSatisfy { !$0.summary.isEmpty })
  }
}
