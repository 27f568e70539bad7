// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
public import HostModel
internal import Planning
internal import StrictJSON

extension ReportStatement {
  /// Bytes of a report, as the fleet takes it.
  public static let reportLimit = 16 << 20

  /// About a host's report, signed at `now`.
  ///
  /// Errors: no whole report; one that does not say when the host was asked, or says that it is yet to be; a word that
  /// may not be shown.
  public init(about report: [UInt8], _ addition: Addition, now: UTCTime) throws(SigningFault) {
    let root: JSONElement
    let record: HostRecord
    do {
      root = try JSONDocument(report).root
      record = try HostRecord(root, name: "")
      let generator = try root.member("generator") { value throws(ShapeError) in
        (try value.text(at: "name"), try value.text(at: "version"))
      }
      (collector, collectorVersion) = generator
      schemaVersion = try root.text(at: "schemaVersion")
    } catch {
      throw SigningFault("is no host's report: \(error)")
    }
    guard let observed = record.observedAt else {
      throw SigningFault("does not say when the host was asked, so nobody could tell how old it is")
    }
    guard let observedAt = StatedText.time(observed) else {
      throw SigningFault("is no host's report: .source.observedAt is no time")
    }
    if let reason = Freshness(now: now).reason(against: observedAt, "observed at \(observedAt)") {
      throw SigningFault(reason)
    }
    digest = Hexadecimal.digest(report)
    (self.observedAt, signedAt) = (observedAt, now)
    capabilities = record.capabilities.merging(record.guestCapabilities) { host, _ in host }.mapValues(
      \.state)
    let isMachine = record.environment == "bareMetal"
    if record.isAssumed {
      throw SigningFault("is of an emulated machine: that it is bare metal was only assumed")
    }
    if isMachine, let other = addition.hardwareClass, other != record.className {
      throw SigningFault(
        "is of the class \(record.className.debugDescription), not \(other.debugDescription)")
    }
    hardwareClass = addition.hardwareClass ?? (isMachine ? record.className : nil)
    (subject, provider) = (addition.subject, addition.provider)
    (layer, release) = (addition.layer, addition.release)
    try check()
  }

  /// The Statement as canonical JSON on one line, which is what is signed.
  public var payload: [UInt8] {
    var predicate: [String: JSONValue] = [
      "collector": ["name": .string(collector), "version": .string(collectorVersion)],
      "schemaVersion": .string(schemaVersion),
      "observedAt": .string(observedAt.description), "signedAt": .string(signedAt.description),
      "capabilities": .object(capabilities.mapValues { .string($0.rawValue) }),
    ]
    let optional = [
      "class": hardwareClass, "provider": provider, "layer": layer?.rawValue, "release": release,
    ]
    for (key, value) in optional { if let value { predicate[key] = .string(value) } }
    let statement: JSONValue = [
      "_type": .string(Self.type),
      "subject": [["name": .string(subject), "digest": ["sha256": .string(digest)]]],
      "predicateType": .string(Self.predicateType),
      "predicate": .object(predicate),
    ]
    var bytes: [UInt8] = []
    statement.write(into: &bytes, indented: false)
    return bytes
  }
}
