// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import HostModel
import Tables

extension Admission {
  /// The report in a delivery; a proof is none.
  func report(_ delivery: Delivery) throws(Refusal) -> AdmittedReport {
    guard case .report(let report) = try admit(delivery) else {
      throw Refusal(.notAReport, "is a proof", source: delivery.source)
    }
    return report
  }
}

/// Small reports, and stores of them.
enum FleetFixture {
  static let now = UTCTime("2026-11-26T12:00:00Z") ?? .epoch

  /// A report of a bare machine: its capabilities by state, and so many GPUs that are ready.
  static func report(
    _ observedAt: String? = "2026-11-26T10:00:00Z", _ states: [String: String] = ["amd.sev-snp": "ready"],
    kernel: String = "6.12", gpus: Int = 0, schemaVersion: String = "1.0.0", environment: String = "bareMetal"
  ) -> String {
    let capabilities = states.sorted { $0.key < $1.key }.map { id, state -> String in
      let stop =
        state == "ready"
        ? "null"
        : #"{"because":"iommu=pt","fix":"remove iommu=pt","fixKind":"reboot","layer":"kernel","reason":"kernel.iommu_passthrough"}"#
      let (stops, unknown) = state == "unknown" ? ("null", stop) : (stop, "null")
      return
        #"{"id":"\#(id)","title":"\#(id)","state":"\#(state)","stopsAt":\#(stops),"firstUnknown":\#(unknown)}"#
    }
    let addresses = (0..<gpus).map { "0000:\(String($0 + 16, radix: 16)):00.0" }
    let functions = addresses.map {
      #"{"address":"\#($0)","vendor":"10de","device":"2335","class":"030200"}"#
    }
    let units = addresses.map {
      #"{"members":["\#($0)"],"kind":"gpu","state":"ready","headline":null,"remarks":[]}"#
    }
    let cards = addresses.map {
      #"{"address":"\#($0)","name":"NVIDIA H200","memoryGiB":141,"novaDeviceType":"type-PF"}"#
    }
    return """
      {"schemaVersion":"\(schemaVersion)","source":{"observedAt":\(observedAt.map { "\"\($0)\"" } ?? "null")},
      "environment":{"kind":"\(environment)"},"capabilities":[\(capabilities.joined(separator: ","))],
      "facts":{"kernel.release":{"value":"\(kernel)"},"cpu.codename":{"value":"Genoa"}},"findings":[],"contradictions":[],
      "pci":{"functions":[\(functions.joined(separator: ","))],"physicalFunctions":[],
      "accelerators":[\(cards.joined(separator: ","))],"units":[\(units.joined(separator: ","))]}}
      """
  }

  static func delivery(_ text: String, of machine: String = "acme/r1/n1") -> Delivery {
    Delivery(source: "\(machine).json", machine: machine, bytes: Array(text.utf8), isFile: true)
  }

  /// A folder of its own, gone with the last reference to it.
  final class Place {
    let path: String

    init() throws {
      path =
        FileManager.default.temporaryDirectory.appendingPathComponent("hostcap-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  /// What a store answers to every query that knows no source or clock.
  static func answers(_ store: Store, at time: UTCTime = now) throws -> [String: [[Cell]]] {
    let tables = try store.answers(Query.all.filter { $0.name != "rejected" }, in: Scope(at: time))
    return Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.rows) })
  }
}
