// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning
import StrictJSON

/// The door: what comes in is a whole, valid report of a known host and a sensible time, or is refused with the reason.
public struct Admission: Sendable {
  /// Bytes of one report. One with 4,000 PCI functions has some 8 MB.
  public static let sizeLimit = 16 << 20
  /// How far a host's clock may be ahead.
  public static let clockTolerance = 15 * 60

  public let now: UTCTime
  /// Seconds; `nil`: any age.
  public let maximumAge: Int?
  /// Who may sign; `nil`: signatures are not asked for.
  public let signers: AllowedSigners?
  /// A store reads its own segments again.
  var isOwn = false

  public init(now: UTCTime, maximumAge: Int? = nil, signers: AllowedSigners? = nil) {
    (self.now, self.maximumAge, self.signers) = (now, maximumAge, signers)
  }

  /// One report or one proof, or why it is neither.
  public func admit(_ delivery: Delivery) throws(Refusal) -> Admitted {
    let document = try parse(delivery)
    let root = document.root
    if root["proofVersion"] != nil { return .proof(try proof(root, delivery)) }
    return .report(try report(document, delivery))
  }

  private func proof(_ root: JSONElement, _ delivery: Delivery) throws(Refusal) -> AdmittedProof {
    let proof: AdmittedProof
    do { proof = try AdmittedProof(root, digest: Digest.hex(delivery.bytes)) } catch {
      throw delivery.refusal(.notAReport, "is no proof: \(error)")
    }
    if proof.provenAt > now.later(by: Self.clockTolerance).description {
      throw delivery.refusal(.future, "proven at \(proof.provenAt), and now it is \(now)")
    }
    // Whoever may sign for a provider's hosts in all may say what runs on them.
    if let signers, let everything = HostIdentity(path: "\(proof.provider)/proofs/proofs") {
      _ = try signers.signer(
        of: [delivery.raw ?? delivery.bytes, delivery.bytes], by: delivery.signature, for: everything,
        delivery)
    }
    return proof
  }

  private func report(_ document: JSONDocument, _ delivery: Delivery) throws(Refusal) -> AdmittedReport {
    let root = document.root
    var bytes = delivery.bytes
    var report = root
    var path = delivery.machine
    if root["schemaVersion"] == nil, let machine = root["machine"]?.text, let inner = root["report"] {
      guard let range = document.bytes(of: "report") else {
        throw delivery.refusal(.notAReport, "is no report: .report is of another type")
      }
      bytes = Segment.original(Array(delivery.bytes[range]), newline: root["newline"]?.text)
      (report, path) = (inner, machine)
    } else if !root.isObject || root["schemaVersion"] == nil {
      throw delivery.refusal(.notAReport, "is no report: the object has no schemaVersion")
    }
    let host = HostIdentity(path: path, provider: delivery.provider, region: delivery.region)
    guard let host else {
      throw delivery.refusal(
        .identity, "\(path.debugDescription) names no host: PROVIDER/REGION/HOST of letters, digits, - _ .")
    }
    let digest = Digest.hex(bytes)
    let record: HostRecord
    do { record = try HostRecord(report, name: host.name) } catch {
      let isVersion = error.reason.hasPrefix("schemaVersion ")
      throw delivery.refusal(
        isVersion ? .schemaVersion : .notAReport, isVersion ? error.reason : "is no report: \(error)",
        subject: "\(host)")
    }
    guard bytes.count <= Self.sizeLimit else {
      throw delivery.refusal(.tooLarge, "longer than \(Self.sizeLimit) bytes", subject: "\(host)")
    }
    let facts = HostFacts(record)
    if let text = facts.firstControl {
      throw delivery.refusal(
        .notAReport, "is no report: \(text.debugDescription) holds a control character", subject: "\(host)")
    }
    guard Segment.Blanks(bytes).areKept else {
      throw delivery.refusal(
        .notAReport, "mixes tabulators with carriage returns: its bytes cannot be kept on a line",
        subject: "\(host)")
    }
    let time = try observed(record, of: host, delivery)
    let signature = delivery.signature ?? root["signature"]?.text.map { Array($0.utf8) }
    let signer =
      try signers?.signer(of: [delivery.raw ?? bytes, bytes], by: signature, for: host, delivery) ?? ""
    return AdmittedReport(
      host: host, observedAt: time.description, digest: digest, signedBy: signer, source: delivery.source,
      bytes: bytes, record: record, facts: facts)
  }

  private func parse(_ delivery: Delivery) throws(Refusal) -> JSONDocument {
    guard delivery.bytes.count <= (delivery.isFile ? Self.sizeLimit : Segment.lineLimit) else {
      throw delivery.refusal(.tooLarge, "longer than \(Self.sizeLimit) bytes")
    }
    // A line's report stands one level below the line.
    let depth = JSONDocument.depthLimit + (delivery.isFile ? 0 : 1) + (isOwn ? 1 : 0)
    do { return try JSONDocument(delivery.bytes, depth: depth) } catch {
      let reason: Refusal.Reason =
        switch error.kind {
        case .notUTF8: .notUTF8
        case .notJSON: .notJSON
        case .tooDeep: .tooDeep
        case .duplicateKey: .duplicateKey
        case .noMemory: .tooLarge
        }
      throw delivery.refusal(reason, error.description)
    }
  }

  private func observed(
    _ record: HostRecord, of host: HostIdentity, _ delivery: Delivery
  ) throws(Refusal) -> UTCTime {
    guard let text = record.observedAt else {
      throw delivery.refusal(.noTime, "does not say when the host was asked", subject: "\(host)")
    }
    guard let time = UTCTime(text), text.utf8.count == 20 else {
      throw delivery.refusal(
        .notAReport, "is no report: .source.observedAt is no time", subject: "\(host)")
    }
    if time.secondsSince1970 > now.later(by: Self.clockTolerance).secondsSince1970 {
      throw delivery.refusal(.future, "observed at \(text), and now it is \(now)", subject: "\(host)")
    }
    if let maximumAge, time.secondsSince1970 < now.earlier(by: maximumAge).secondsSince1970 {
      throw delivery.refusal(
        .tooOld, "observed at \(text), more than \(maximumAge / 86_400) days ago", subject: "\(host)")
    }
    return time
  }
}

/// What was let in.
public enum Admitted: Sendable {
  case report(AdmittedReport)
  case proof(AdmittedProof)
}

/// A report that was let in.
public struct AdmittedReport: Sendable {
  public let host: HostIdentity
  /// `2026-11-26T09:45:50Z`.
  public let observedAt: String
  /// SHA-256 of `bytes`.
  public let digest: String
  /// Fingerprint of the key; empty: no signature was asked for.
  public let signedBy: String
  public let source: String
  /// The report as it came.
  public let bytes: [UInt8]
  public let record: HostRecord
  let facts: HostFacts
}
