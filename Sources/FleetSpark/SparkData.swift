// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Fleet
public import HostModel
import LiveHost
public import Processes
public import Tape

/// Folders of facts for a session, made where they are not there yet.
///
/// What is a report is hostcap's to say: its one strict reader lets in the same bytes everywhere. So Spark reads facts
/// only, and never a report itself.
public struct SparkData {
  /// As the prelude takes them.
  public private(set) var folders: [String] = []
  /// What was no report, where facts were made.
  public private(set) var refusals: [Refusal] = []
  /// Whether all facts are here, and few.
  public var isSmall: Bool { size < Self.small }
  private static let small = 64 << 20
  private var size = 0
  private let work: WorkFolder

  public init(work: WorkFolder) { self.work = work }

  /// Adds a folder of facts, an URL of one, or, by way of facts, reports, segments or a store.
  ///
  /// Errors: it is not there, or Spark would read its name as something else.
  public mutating func add(
    _ path: String, provider: String, region: String, now: UTCTime
  ) throws(InputError) {
    guard !path.utf8.contains(where: { $0 < 0x20 || Self.patterns.contains($0) }) else {
      throw InputError(path, "holds a character that Spark reads as a pattern or a quote: name it otherwise")
    }
    if path.contains("://") {
      size = Self.small
      return folders.append(path)
    }
    let whole = WorkFolder.absolute(path)
    if FactFiles.isFolder(whole) {
      size += try Folder.size(below: whole)
      return folders.append(whole)
    }
    let folder = "\(work.path)/facts-\(folders.count)"
    var files = FactFiles(in: folder, now: now)
    try files.take([path], provider: provider, region: region)
    refusals += files.refusals
    size += try Folder.size(below: folder)
    folders.append(folder)
  }

  private static let patterns = Array("'\"\\`[]{}*?".utf8)
}
