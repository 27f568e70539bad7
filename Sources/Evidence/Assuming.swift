// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A host of which the operator says that it is bare metal, whatever its processor's hypervisor bit says.
///
/// For test machines that an emulator plays. The word is an answer like any other, so that a tape keeps it.
public struct Assuming: HostSource {
  private let host: any HostSource
  static let bareMetal = "bare-metal"

  public init(bareMetal host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer {
    question == .assumption ? .bytes(Array("\(Self.bareMetal)\n".utf8)) : host.ask(question)
  }
}

extension HostSource {
  /// Whether the operator says that this is bare metal.
  public var isAssumedBareMetal: Bool {
    read(.assumption) { text($0) == Assuming.bareMetal }.value == true
  }
}
