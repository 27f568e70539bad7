// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The list of a board's files, which tells a whole board from any other folder.
public struct SiteManifest: Sendable {
  /// From the site's root.
  public static let path = "site.manifest"
  /// What its first line begins with.
  public static let title = "hostcap board 1"
  private var files: [(path: String, digest: String)] = []

  mutating func add(_ path: String, _ bytes: [UInt8]) { files.append((path, Digest.hexadecimal(bytes))) }

  mutating func add(_ page: DrawnPage) { files.append((page.path, page.digest)) }

  /// Below two lines of its own, what `sha256sum` writes and checks, by path.
  func bytes(_ site: Site) -> [UInt8] {
    var bytes = Array("# \(Self.title)\n# build \(site.build) at \(site.facts.stamp.at)\n".utf8)
    for file in files.sorted(by: { BoardFacts.precedes($0.path, $1.path) }) {
      bytes += "\(file.digest)  \(file.path)\n".utf8
    }
    return bytes
  }

  /// Whether some file's content begins as a manifest does: what may be replaced by a board.
  public static func isManifest(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "# \(title)\n".utf8) }

  /// Digests by path, of a manifest that was written before: what needs no writing again.
  public static func digests(_ bytes: [UInt8]) -> [String: String] {
    var digests: [String: String] = [:]
    for line in bytes.split(separator: 0x0a) where line.count > 66 && line.first != 0x23 {
      digests[String(decoding: line.dropFirst(66), as: UTF8.self)] = String(
        decoding: line.prefix(64), as: UTF8.self)
    }
    return digests
  }

  /// As in a manifest.
  public static func digest(_ bytes: [UInt8]) -> String { Digest.hexadecimal(bytes) }
}
