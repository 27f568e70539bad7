// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Files, directories and symbolic links of a host, held in memory: an unpacked archive, or what a dump says sysfs held.
public struct FileTree: HostSource, Sendable {
  /// What questions other than for files get; files it does not hold are withheld.
  public var others: Tape
  public init(others: Tape = Tape()) { self.others = others }
  public func ask(_ question: Question) -> Answer { others.ask(question) }
}
