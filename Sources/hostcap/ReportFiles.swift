// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Importers
import Inputs
import LiveHost
import Planning
import ReportJSON
import Tape

/// The hosts that a command plans for: from reports, or from tapes and dumps, which are judged first.
enum ReportFiles {
  /// Bytes of one file, as for every input.
  private static let inputLimit = 256 << 20

  /// Every host in `paths`. A folder gives the reports in it that end with `.json`; a host's name is its file's.
  ///
  /// Throws at the first file that cannot be read, and where two have one name: a plan of half a region is none.
  ///
  /// - Parameter period: a report from before it, or without a time, counts as unknown, and one from after it is refused;
  ///   `nil`: any counts.
  static func hosts(at paths: [String], in period: ReportPeriod? = nil) throws(InputError) -> [HostRecord] {
    var hosts: [HostRecord] = []
    for path in paths {
      for file in try files(at: path) { hosts += try records(file, in: period) }
    }
    var seen: Set<String> = []
    for host in hosts where !seen.insert(host.name).inserted {
      throw InputError(host.name, "two reports are of this host, or two files have its name")
    }
    return hosts
  }

  private static func files(at path: String) throws(InputError) -> [String] {
    guard let names = Folder.names(path) else { return [path] }
    let reports = names.filter { name in
      [".json", ".jsonl", ".tape"].contains { name.hasSuffix($0) }
    }
    // A folder without any may be a copy of a host's sysfs.
    return reports.isEmpty ? [path] : reports.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
  }

  private static func records(_ file: String, in period: ReportPeriod?) throws(InputError) -> [HostRecord] {
    let name = stem(file)
    let found: Imports
    if Folder.names(file) == nil {
      let bytes = try InputFile.read(file, limit: inputLimit)
      if let records = try HostRecord.records(bytes, name: name, path: file) {
        return try named(try dated(records, file, in: period), file)
      }
      found = try imports(in: bytes, path: file)
    } else {
      found = try Input.read(file)
    }
    var records: [HostRecord] = []
    for machine in found.machines {
      var bytes: [UInt8] = []
      JSONReport.render(Subject(machine).report, into: &bytes)
      let own = found.machines.count > 1 ? machine.name : name
      records += try HostRecord.records(bytes, name: own, path: file) ?? []
    }
    return try named(try dated(records, file, in: period), file)
  }

  private static func dated(
    _ records: [HostRecord], _ file: String, in period: ReportPeriod?
  ) throws(InputError) -> [HostRecord] {
    guard let period else { return records }
    var dated: [HostRecord] = []
    for record in records {
      switch period.standing(of: record.observedAt) {
      case .counts: dated.append(record)
      case .expired: dated.append(record.expired)
      case .later:
        throw InputError(
          file, "is of \(record.observedAt ?? ""), later than \(period.at), which is asked about")
      }
    }
    return dated
  }

  /// Machines of one file by the last part of their names.
  private static func named(_ records: [HostRecord], _ file: String) throws(InputError) -> [HostRecord] {
    let records = records.map { $0.renamed(stem($0.name)) }
    for record in records where !isHostName(record.name) {
      throw InputError(file, "its name, \(record.name), cannot be a host's: letters, digits, dots and dashes")
    }
    return records
  }

  private static func isHostName(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.isEmpty && name.count <= 200
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || Array("._-".utf8).contains($0)
      }
  }

  /// `reports/compute-1.json` is of compute-1.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".jsonl", ".json", ".tape", ".tar.xz", ".tar.gz", ".tar"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}
