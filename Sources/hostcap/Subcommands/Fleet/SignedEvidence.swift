// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Interop
import LiveHost
import Planning
import Signing
import Tape

/// What providers have signed about their reports, each with a key of its own.
struct SignedEvidence {
  private(set) var all: [CommitmentEvidence] = []

  /// Errors: an envelope that no given key has signed, or that says it is another provider's. Half of the evidence would
  /// call a kept promise open.
  init(_ paths: [String], keys: [String]) throws(InputError) {
    var owners: [(provider: String, key: VerifyingKey)] = []
    for each in keys {
      let parts = each.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let path = String(parts[1])
      let bytes = try InputFile.read(path, limit: 1 << 16)
      do throws(SigningFault) { owners.append((String(parts[0]), try VerifyingKey(bytes))) } catch {
        throw error.of(path)
      }
    }
    for path in paths {
      let names = Folder.names(path)?.filter { $0.hasSuffix(".json") || $0.hasSuffix(".dsse") }.sorted()
      for file in names.map({ $0.map { "\(path)/\($0)" } }) ?? [path] {
        all.append(try Self.evidence(file, owners))
      }
    }
  }

  private static func evidence(
    _ file: String, _ owners: [(provider: String, key: VerifyingKey)]
  ) throws(InputError) -> CommitmentEvidence {
    let bytes = try InputFile.read(file, limit: 16 << 20)
    do throws(SigningFault) {
      let statement = try VerifiedStatement(envelope: bytes, keys: owners.map(\.key))
      try statement.check(Freshness(now: FleetScope.clock))
      guard let said = statement.provider else {
        throw SigningFault("does not say whose it is: hostcap sign --dsse --provider")
      }
      let signers = owners.filter { $0.key == statement.key }.map(\.provider)
      guard signers.contains(said) else {
        throw SigningFault("says it is of \(said), and the key is that of \(signers.joined(separator: ", "))")
      }
      return CommitmentEvidence(
        provider: said, digest: statement.digest,
        layer: statement.layer.flatMap { Demand.Layer(rawValue: $0.rawValue) },
        release: statement.release, hardwareClass: statement.hardwareClass, observedAt: statement.observedAt,
        signedAt: statement.signedAt,
        capabilities: statement.capabilities)
    } catch { throw error.of(file) }
  }
}
