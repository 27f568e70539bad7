// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
public import Tape

/// Everything that lies in folders, files, lines and archives, one after the other, as much as fits in memory once.
///
/// A folder gives what ends with `.json`, `.ndjson` or `.tar`, also compressed, and the folders above a report name its
/// provider and region. Anything else in it is passed over. Named alone, a file that ends otherwise is refused.
public struct Deliveries: ~Copyable {
  public enum Item: Sendable {
    case delivery(Delivery)
    case refusal(Refusal)
  }

  private enum Kind { case report, lines, archive, other }
  private struct File {
    let path: String
    /// `PROVIDER/REGION/HOST.json`, as far as the folder says.
    let inner: String
  }

  private let provider, region: String
  private var files: ArraySlice<File> = []
  private var current: File?
  private var lines: LineFile?
  private var members: ArchiveMembers?
  /// Files there are, and those begun.
  public let total: Int
  public private(set) var begun = 0

  /// Errors: a path that is not there, or a folder that cannot be read.
  public init(
    _ paths: [String], provider: String = HostIdentity.defaultProvider,
    region: String = HostIdentity.defaultRegion
  ) throws(InputError) {
    (self.provider, self.region) = (provider, region)
    lines = nil
    members = nil
    var all: [File] = []
    for path in paths {
      if let inner = try Folder.files(below: path) {
        for name in inner where Self.kind(name) != .other {
          all.append(File(path: path.hasSuffix("/") ? path + name : "\(path)/\(name)", inner: name))
        }
      } else {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard path == "-" || Self.kind(name) != .other else {
          throw InputError(path, "ends with none of .json, .ndjson and .tar (also .gz, .bz2, .xz, .zst)")
        }
        all.append(File(path: path, inner: name))
      }
    }
    files = all[...]
    total = all.count
  }

  /// The next one; `nil`: that was the last.
  public mutating func next() -> Item? {
    while true {
      if let item = nextInFile() { return item }
      guard let file = files.popFirst() else { return nil }
      begun += 1
      if let item = begin(file) { return item }
    }
  }

  private mutating func nextInFile() -> Item? {
    guard let file = current else { return nil }
    do throws(InputError) {
      while let line = try lines?.next() {
        let source = "\(file.path): line \(line.number)"
        guard let bytes = line.bytes else { return .refusal(tooLong(source)) }
        let delivery = delivery(source, machine: "", bytes, isFile: false)
        if !delivery.isBlank { return .delivery(delivery) }
      }
      while let member = try members?.next() {
        let source = "\(file.path):\(member.name)"
        switch Self.kind(member.name) {
        case .report where member.name.hasSuffix(".json"):
          guard let bytes = member.bytes else {
            return .refusal(tooLong(source, subject: Self.machine(member.name)))
          }
          return .delivery(delivery(source, machine: Self.machine(member.name), bytes, isFile: true))
        case .report, .lines, .archive:
          return .refusal(Refusal(.unreadable, "is packed again inside the archive", source: source))
        case .other: continue
        }
      }
    } catch {
      close()
      return .refusal(unreadable(error, file))
    }
    close()
    return nil
  }

  private mutating func close() {
    lines = nil
    members = nil
    current = nil
  }

  /// What a file gives at once; `nil`: it gives one by one, or it is blank.
  private mutating func begin(_ file: File) -> Item? {
    do throws(InputError) {
      switch file.path == "-" ? .lines : Self.kind(file.inner) {
      case .lines:
        lines = try LineFile(file.path, limit: Segment.lineLimit)
        current = file
        return nil
      case .archive:
        members = try ArchiveMembers(file.path, limit: Admission.sizeLimit)
        current = file
        return nil
      case .report, .other: return try report(file)
      }
    } catch {
      return .refusal(unreadable(error, file))
    }
  }

  private func report(_ file: File) throws(InputError) -> Item {
    var bytes = try InputFile.read(file.path, limit: Admission.sizeLimit)
    if !file.inner.hasSuffix(".json") {
      guard case .file(let unpacked) = try Archive.open(bytes, path: file.path) else {
        throw InputError(file.path, "is an archive and does not say so")
      }
      bytes = unpacked
    }
    let raw = bytes
    // A digest is of the report, whatever an editor puts around it.
    bytes = Self.trimmed(bytes)
    let signature = try? InputFile.read(file.path + ".sig", limit: 1 << 16)
    return .delivery(
      Delivery(
        source: file.path, machine: Self.machine(file.inner), provider: provider, region: region,
        bytes: bytes,
        signature: signature, raw: signature == nil ? nil : raw, isFile: true))
  }

  private func delivery(_ source: String, machine: String, _ bytes: [UInt8], isFile: Bool) -> Delivery {
    Delivery(
      source: source, machine: machine, provider: provider, region: region, bytes: Self.trimmed(bytes),
      isFile: isFile)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return first == 0 && last == bytes.count - 1 ? bytes : Array(bytes[first...last])
  }

  private func tooLong(_ source: String, subject: String = "") -> Refusal {
    Refusal(
      .tooLarge, "longer than \(Admission.sizeLimit) bytes", source: source, subject: subject,
      digest: Digest.hex(Array(source.utf8)))
  }

  private func unreadable(_ error: InputError, _ file: File) -> Refusal {
    let isLong = error.reason.hasPrefix("longer than")
    return Refusal(
      isLong ? .tooLarge : .unreadable, error.reason, source: file.path, subject: Self.machine(file.inner),
      digest: Digest.hex(Array(file.inner.utf8)))
  }

  private static let packings = [".gz", ".bz2", ".xz", ".zst"]

  private static func kind(_ name: String) -> Kind {
    let packing = packings.first { name.hasSuffix($0) }
    let plain = packing.map { String(name.dropLast($0.count)) } ?? name
    if plain.hasSuffix(".json") { return .report }
    if plain.hasSuffix(".ndjson") { return .lines }
    return plain.hasSuffix(".tar") || name.hasSuffix(".tgz") ? .archive : .other
  }

  /// `acme/r1/n1.json.gz` is of acme/r1/n1.
  private static func machine(_ name: String) -> String {
    var name = name
    if let packing = packings.first(where: { name.hasSuffix($0) }) {
      name = String(name.dropLast(packing.count))
    }
    if name.hasPrefix("./") { name = String(name.dropFirst(2)) }
    return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
  }
}
