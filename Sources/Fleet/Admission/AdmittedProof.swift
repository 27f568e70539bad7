// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import StrictJSON

/// That a test guest has shown a capability on a provider's hardware class: what `fleet ingest` takes beside reports, and
/// `ProofDocument` writes.
///
/// `{"proofVersion":"1.0.0","provider":"acme","class":"Example Rack 1, Genoa","capability":"amd.sev-snp",`
/// `"provenAt":"2026-11-26T09:45:50Z","means":"attested guest, verifier x"}`, a file or a line. It names no host. The class
/// is as `fleet classes` prints it.
public struct AdmittedProof: Sendable {
  public let provider, hardwareClass, capability: String
  /// `2026-11-26T09:45:50Z`.
  public let provenAt: String
  /// What was done, and who says so.
  public let means: String
  public let digest: String

  init(_ root: JSONElement, digest: String) throws(ShapeError) {
    func text(_ key: StaticString) throws(ShapeError) -> String {
      let text = try root.member(key) { value throws(ShapeError) in try value.string() }
      guard ProofDocument.isText(text) else {
        throw ShapeError(
          "is empty, longer than \(ProofDocument.textLimit) bytes, or holds a control character",
          at: ".\(key)")
      }
      return text
    }
    guard try text("proofVersion").hasPrefix("1.") else {
      throw ShapeError("is not 1.x, which this hostcap reads", at: ".proofVersion")
    }
    provider = try text("provider")
    hardwareClass = try text("class")
    capability = try text("capability")
    provenAt = try text("provenAt")
    means = try text("means")
    self.digest = digest
    guard HostIdentity.isName(provider), HostIdentity.isName(capability) else {
      throw ShapeError("has a provider or a capability whose name is none")
    }
    guard UTCTime(provenAt) != nil, provenAt.utf8.count == 20 else {
      throw ShapeError("is no time", at: ".provenAt")
    }
  }
}
