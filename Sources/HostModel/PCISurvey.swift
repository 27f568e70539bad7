// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A host whose PCI functions are put together once, for all probes of a report.
///
/// Not Sendable: one report, one survey.
public final class PCISurvey: HostSource {
  private let host: any HostSource
  private(set) lazy var functions = host.pciFunctions()

  /// - Parameter host: one that answers the same question the same way twice.
  public init(_ host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer { host.ask(question) }
}
