// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// `advisories.json`: what makers of processors have published, with the versions that fix it and where that is written.
///
/// A version that no source states is not in the table, and what rests on it stays unknown.
public final class AdvisoryTable: Sendable {
  /// In the order of their ids.
  public let advisories: [Advisory]
  let processors: [ProcessorLine]
  private let sources: [String: AdvisorySource]

  public static let embedded = AdvisoryTable(PackageResources.advisories_json)

  /// Bytes of another form make an empty table: a test holds that ours are not.
  init(_ bytes: [UInt8]) {
    final class File: Decodable {
      let sources: [String: AdvisorySource]
      let processors: [ProcessorLine]
      let advisories: [Advisory]
    }
    let file: File?
    do { file = try JSONDecoder().decode(File.self, from: Data(bytes)) } catch { file = nil }
    sources = file?.sources ?? [:]
    processors = file?.processors ?? []
    advisories = file?.advisories ?? []
  }

  /// The maker's advisory first.
  public func sources(of advisory: Advisory) -> [AdvisorySource] {
    advisory.sources.compactMap { sources[$0] }
  }

  /// Where a host stands with each.
  public func standings(of host: AdvisedHost) -> [AdvisoryStanding] {
    advisories.map { AdvisoryStanding($0, on: host, processors: processors) }
  }
}
