// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel
internal import Planning
internal import StrictJSON

extension ReportStatement {
  /// Capabilities of one report.
  private static let capabilityLimit = 1000

  /// From an envelope's payload, once a signature over it holds.
  ///
  /// Errors: another type of statement or predicate, several subjects, a member that is missing or of another form.
  /// Members that are not known are passed over, as the framework's parsing rules ask for.
  init(payload: [UInt8]) throws(SigningFault) {
    let root: JSONElement
    do { root = try JSONDocument(payload).root } catch { throw SigningFault("holds no statement: \(error)") }
    do {
      try Self.same(root, "_type", Self.type)
      try Self.same(root, "predicateType", Self.predicateType)
      let subjects = try root.list("subject") { subject throws(ShapeError) in
        let digest = try subject.member("digest") { digest throws(ShapeError) in
          try digest.text(at: "sha256")
        }
        return (try subject.text(at: "name"), digest)
      }
      guard let first = subjects.first, subjects.count == 1 else {
        throw ShapeError("has \(subjects.count) entries, and one report is spoken of", at: ".subject")
      }
      let predicate = try root.member("predicate") { value throws(ShapeError) in value }
      try self.init(predicate, subject: first.0, digest: first.1)
    } catch {
      throw SigningFault("holds another statement: \(error)")
    }
    try check()
  }

  private init(_ predicate: JSONElement, subject: String, digest: String) throws(ShapeError) {
    func time(_ key: StaticString) throws(ShapeError) -> UTCTime {
      guard let time = StatedText.time(try predicate.text(at: key)) else {
        throw ShapeError("is no time like 2026-11-26T09:45:50Z", at: ".\(key)")
      }
      return time
    }
    (self.subject, self.digest) = (subject, digest)
    (collector, collectorVersion) = try predicate.member("collector") { collector throws(ShapeError) in
      (try collector.text(at: "name"), try collector.text(at: "version"))
    }
    schemaVersion = try predicate.text(at: "schemaVersion")
    (observedAt, signedAt) = (try time("observedAt"), try time("signedAt"))
    capabilities = try predicate.member("capabilities") { capabilities throws(ShapeError) in
      guard let members = capabilities.members else { throw .type }
      var states: [String: RecordedState] = [:]
      for member in members { states[member.key] = try member.word(RecordedState.self) }
      return states
    }
    hardwareClass = try predicate.optionalText(at: "class")
    provider = try predicate.optionalText(at: "provider")
    layer = try predicate.optional("layer") { value throws(ShapeError) in
      try value.word(ServiceLayer.self)
    }
    release = try predicate.optionalText(at: "release")
  }

  private static func same(_ root: JSONElement, _ key: StaticString, _ wanted: String) throws(ShapeError) {
    let found = try root.text(at: key)
    guard found == wanted else {
      throw ShapeError("is \(found.prefix(200).debugDescription), not \(wanted)", at: ".\(key)")
    }
  }

  /// Whether every word may be shown and every label is one. The same rules hold for what is signed and what is read.
  func check() throws(SigningFault) {
    let lines = [
      ("the subject", subject), ("the collector", collector), ("the collector's version", collectorVersion),
      ("the schema's version", schemaVersion), ("the class", hardwareClass ?? "-"),
    ]
    for (name, text) in lines where !StatedText.isLine(text) {
      throw SigningFault("\(name) is empty, longer than 400 bytes, or holds a control character")
    }
    for (name, text) in [("the provider", provider), ("the release", release)] {
      guard text.map(StatedText.isLabel) ?? true else {
        throw SigningFault("\(name) holds more than letters, digits, dots, dashes and underscores")
      }
    }
    guard capabilities.count <= Self.capabilityLimit, capabilities.keys.allSatisfy(StatedText.isLabel) else {
      throw SigningFault("has a capability whose name is none, or more than \(Self.capabilityLimit)")
    }
    guard StatedText.isDigest(digest) else { throw SigningFault("has a digest that is no SHA-256") }
  }
}
