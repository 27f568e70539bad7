// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// One folder under Probes/ each, and one line each in Catalog.
let probes = [
  "Platform", "AMDSEV", "IntelTDX", "IntelSGX", "MemoryEncryption", "SecureExecution", "ArmCCA", "IOMMU",
  "PCI", "SRIOV", "Passthrough", "Accelerators", "Guest", "Libvirt", "QEMU", "GuestFirmware",
]
/// Those that ask about QEMU, libvirt and the guests' firmware.
let virtualized = [
  "AMDSEV", "IntelTDX", "IntelSGX", "SecureExecution", "Libvirt", "QEMU", "GuestFirmware",
]
/// One folder under Reports/ each, and one line each in Catalog.
let reports = [
  "JSON", "Text", "Ansible", "Prometheus", "NFD", "Ironic", "JUnit", "Subunit", "Sonobuoy", "HBOM",
]

let probeTargets = probes.map { Target.Dependency(stringLiteral: "Probe\($0)") }
let reportTargets = reports.map { Target.Dependency(stringLiteral: "Report\($0)") }
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func library(
  _ name: String, _ uses: [Target.Dependency] = [], at path: String? = nil, embedding data: String? = nil
) -> Target {
  .target(
    name: name, dependencies: uses, path: path, resources: data.map { [.embedInCode($0)] },
    swiftSettings: strict)
}

func tests(_ name: String, _ uses: [Target.Dependency], except others: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: uses, path: "Tests/\(name)", exclude: others, swiftSettings: strict)
}

let summaries: [Target] = ["Ansible", "Prometheus", "NFD", "Ironic"].map { name in
  .target(
    name: "Report\(name)", dependencies: ["CanonicalJSON", "Evidence", "HostModel", "Summary"],
    path: "Reports/\(name)", exclude: name == "Ansible" ? ["Collection", "Zuul"] : [], swiftSettings: strict)
}
let results: [Target] = ["JUnit", "Subunit", "Sonobuoy"].map { name in
  library(
    "Report\(name)", ["HostModel", "Results"] + (name == "Sonobuoy" ? ["CanonicalJSON"] : []),
    at: "Reports/\(name)")
}

let package = Package(
  name: "hostcap",
  products: [
    .executable(name: "hostcap", targets: ["hostcap"]),
    .executable(name: "hostcap-agent", targets: ["hostcap-agent"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .target(
      name: "CHost",
      linkerSettings: [.linkedLibrary(":libexpat.a"), .linkedLibrary(":libseccomp.a"), .linkedLibrary("dl")]),
    library("Evidence"),
    library("CanonicalJSON"),
    library("HostModel", ["Evidence"]),
    library("Devices", ["Evidence", "HostModel"], embedding: "devices.json"),
    library("Advisories", ["HostModel"], embedding: "advisories.json"),
    library("Tape", ["CanonicalJSON", "Evidence"]),
    library("HardwareBOM", ["Advisories", "CanonicalJSON", "Evidence", "HostModel", "Tape"]),
    library("Markup", ["CHost"]),
    library("Importers", ["Evidence", "Markup", "Tape"]),
    library("Virtualization", ["Evidence", "HostModel", "Markup"]),
    library("LiveHost", ["CHost", "Evidence", "Tape"]),
    library("Catalog", ["HostModel"] + probeTargets + reportTargets),
    library("Probing", ["Catalog", "Evidence", "HostModel", "LiveHost", "ReportText", "Tape", arguments]),
    library("Documents", ["Tape", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "CFleet", linkerSettings: [.linkedLibrary("simdjson")]),
    library("StrictJSON", ["CFleet"]),
    library("Tables", ["CanonicalJSON"]),
    library("Disclosure", ["Tables", .product(name: "Crypto", package: "swift-crypto")]),
    library(
      "Board", ["CanonicalJSON", "Disclosure", "Tables", .product(name: "Crypto", package: "swift-crypto")]),
    library("Planning", ["Documents", "StrictJSON", "Tape"]),
    library("Exports", ["CanonicalJSON", "Planning", .product(name: "Yams", package: "Yams")]),
    library(
      "Interop",
      [
        "CanonicalJSON", "Documents", "Exports", "HostModel", "Planning", "Tape",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Compliance",
      dependencies: [
        "CanonicalJSON", "Documents", "Exports", "HostModel", "Planning", "Tape",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [.embedInCode("scs-hostcap-accelerators.yaml")], swiftSettings: strict),
    library(
      "Signing",
      [
        "CanonicalJSON", "Documents", "HostModel", "LiveHost", "Planning", "StrictJSON", "Tape",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Fleet",
      dependencies: [
        "CanonicalJSON", "HostModel", "LiveHost", "Planning", "Signing", "StrictJSON", "Tables", "Tape",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [.embedInCode("SQL"), .embedInCode("Schema")], swiftSettings: strict),
    // Programs that run for minutes: what LiveHost has, the agent carries.
    library("Processes", ["LiveHost", "Tape"]),
    // The fleet's queries on a cluster, by Apache Spark's own program.
    library("FleetSpark", ["Fleet", "HostModel", "LiveHost", "Processes", "StrictJSON", "Tables", "Tape"]),
    library("Inputs", ["Evidence", "Importers", "LiveHost", "Tape"]),
    .executableTarget(
      name: "hostcap-agent",
      dependencies: ["Catalog", "Evidence", "HostModel", "LiveHost", "Probing", "Tape", arguments],
      exclude: ["Packaging"],
      swiftSettings: strict),
    .executableTarget(
      name: "hostcap",
      dependencies: [
        "Advisories", "Board", "CanonicalJSON", "Catalog", "Compliance", "Disclosure", "Documents",
        "Evidence",
        "Exports", "Fleet", "FleetSpark", "HardwareBOM", "HostModel", "Importers", "Inputs", "Interop",
        "LiveHost",
        "Planning", "Probing", "Processes", "Signing",
        "StrictJSON", "Tables", "Tape", "ReportHBOM", "ReportJSON", "ReportJUnit", "ReportSubunit",
        "ReportText", "Results",
        arguments,
      ],
      exclude: ["hostcap.docc"],
      swiftSettings: strict),
  ]
    + probes.map {
      library(
        "Probe\($0)",
        ["Evidence", "HostModel"] + ($0 == "Libvirt" ? ["Markup"] : [])
          + (["Accelerators", "Guest"].contains($0) ? ["Devices"] : [])
          + (virtualized.contains($0) ? ["Virtualization"] : []), at: "Probes/\($0)")
    }
    + [
      .target(
        name: "ReportJSON", dependencies: ["CanonicalJSON", "Evidence", "HostModel"], path: "Reports/JSON",
        exclude: ["Schema"], swiftSettings: strict),
      library("ReportText", ["Evidence", "HostModel"], at: "Reports/Text"),
      library("Summary", ["CanonicalJSON", "Evidence", "HostModel"]),
      library("Results", ["HostModel"]),
      library("ReportHBOM", ["CanonicalJSON", "HardwareBOM", "HostModel"], at: "Reports/HBOM"),
    ]
    + summaries + results
    + [
      tests("Evidence", ["Evidence"]),
      tests("Advisories", ["Advisories", "HostModel"]),
      tests("HardwareBOM", ["Advisories", "CanonicalJSON", "HardwareBOM", "HostModel"]),
      tests("HostModel", ["Evidence", "HostModel", "Tape"]),
      tests("Tape", ["CanonicalJSON", "Evidence", "Tape"]),
      tests(
        "Planning",
        ["CanonicalJSON", "Catalog", "Documents", "Exports", "HostModel", "Planning", "ReportJSON", "Tape"]),
      tests("Compliance", ["CanonicalJSON", "Compliance", "Documents", "HostModel", "Planning"]),
      tests("Interop", ["CanonicalJSON", "Documents", "HostModel", "Interop", "Planning", "Tape"]),
      tests("StrictJSON", ["StrictJSON"], except: ["sanitize.cpp"]),
      tests("Disclosure", ["Disclosure", "Tables"]),
      tests("Signing", ["CanonicalJSON", "HostModel", "LiveHost", "Planning", "Signing", "Tape"]),
      tests("Board", ["Board", "CanonicalJSON", "Disclosure", "Tables"], except: ["browser"]),
      tests(
        "Fleet",
        ["Fleet", "HostModel", "Planning", "Tables", "Tape", .product(name: "GRDB", package: "GRDB.swift")],
        except: ["fleetgen", "generate.py", "check.py"]),
      tests("FleetSpark", ["Fleet", "FleetSpark", "HostModel", "Tables", "Tape"]),
      tests("Importers", ["Evidence", "Importers", "Inputs", "Tape"]),
      tests(
        "LiveHost", ["CHost", "Evidence", "LiveHost", "Markup", "Processes", "Tape"],
        except: [
          "read-only.py",
          "sanitize.sh",
          "sanitize.c",
          "silent.py",
          "sanitize.h",
          "sanitize-folders.c", "sanitize-formats.c", "sanitize-sandbox.c",
        ]),
      library("LawKit", ["Evidence", "HostModel", "Tape"], at: "Tests/LawKit"),
      tests(
        "Probes",
        [
          "CanonicalJSON", "Catalog", "Devices", "Evidence", "HostModel", "Importers", "Inputs", "LawKit",
          "ReportJSON", "Tape", "Virtualization",
        ] + probeTargets),
      tests(
        "Reports", ["CanonicalJSON", "Catalog", "Evidence", "HostModel", "Results", "Tape"] + reportTargets),
      tests("Architecture", ["Catalog", "HostModel"]),
      tests(
        "Machines", ["Catalog", "Evidence", "HostModel", "LawKit", "ReportJSON", "Tape"],
        except: [
          "Tapes", "begin.c", "devices.py", "devices.sh", "devices.tsv", "firmware.json", "guest.sh",
          "hold.c",
          "lab.sh",
          "lab.tsv", "qemu.sh", "secure-processor.sh", "vanishing.py",
        ]),
      tests(
        "Laws",
        [
          "Catalog", "Evidence", "HostModel", "Importers", "Inputs", "LawKit", "LiveHost", "ReportJSON",
          "Tape",
        ]),
      tests(
        "Corpus",
        ["Catalog", "Evidence", "HostModel", "Importers", "Inputs", "LiveHost", "ReportJSON", "Tape"],
        except: ["disagreements.json"]),
      // Does in the agent's sandbox what nobody who reads would do.
      .target(name: "CAttempt", path: "Tests/Attempt/raw"),
      .executableTarget(
        name: "attempt", dependencies: ["CAttempt", "Evidence", "HostModel", "LiveHost"],
        path: "Tests/Attempt",
        exclude: ["raw"], swiftSettings: [.swiftLanguageMode(.v6)]),
      library(
        "FuzzTargets",
        [
          "CanonicalJSON", "Catalog", "Documents", "Evidence", "Exports", "Fleet", "HostModel",
          "Importers", "Inputs", "Interop", "LiveHost", "Planning", "ReportJSON", "ReportText", "Signing",
          "StrictJSON", "Tape",
        ], at: "Tests/Fuzz/Targets"),
      .testTarget(
        name: "FuzzTests", dependencies: ["FuzzTargets", "Tape"], path: "Tests/Fuzz/Replay",
        swiftSettings: strict),
      tests(
        "CommandLine", ["Catalog", "Evidence", "HostModel", "LiveHost", "Probing", "ReportJSON", "Tape"]),
    ],
  cxxLanguageStandard: .cxx17
)

// Built by `make fuzz` alone: nothing else links libFuzzer.
if Context.environment["HOSTCAP_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "hostcap-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver",
      swiftSettings: strict))
}
