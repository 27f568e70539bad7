// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence

/// The first line of a tape.
struct TapeHeader: Decodable {
  static let member = "hostcap-tape"
  let version: Int

  enum Key: String, CodingKey, CaseIterable { case version = "hostcap-tape" }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    try decoder.refuseMembers(beyond: Key.allCases.map(\.rawValue))
    version = try members.decode(Int.self, forKey: .version)
  }

  static func write(into output: inout [UInt8]) {
    JSONValue.object([member: .integer(Int64(Tape.version))]).write(into: &output, indented: false)
    output.append(0x0a)
  }
}

/// One line of a tape: a question, and one kind of answer to it.
struct TapeLine: Decodable {
  var ask = ""
  var text: String?
  var hex: String?
  var absent: Bool?
  var denied: Bool?
  var withheld: String?
  var failed: Int32?
  var why: String?

  enum Key: String, CodingKey, CaseIterable { case ask, text, hex, absent, denied, withheld, failed, why }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    try decoder.refuseMembers(beyond: Key.allCases.map(\.rawValue))
    ask = try members.decode(String.self, forKey: .ask)
    // Not decodeIfPresent, which takes null for silence.
    func member<Value: Decodable>(_ key: Key) throws -> Value? {
      members.contains(key) ? try members.decode(Value.self, forKey: key) : nil
    }
    text = try member(.text)
    hex = try member(.hex)
    absent = try member(.absent)
    denied = try member(.denied)
    withheld = try member(.withheld)
    failed = try member(.failed)
    why = try member(.why)
  }

  init(_ question: Question, _ answer: Answer) {
    ask = question.description
    switch answer {
    case .bytes(let bytes) where bytes.count > Tape.answerLimit:
      withheld = "\(bytes.count) bytes, more than a tape holds"
    case .bytes(let bytes):
      text = question.isBinary ? nil : Self.printable(bytes)
      hex = text == nil ? Self.hexadecimal(bytes) : nil
    case .absent: absent = true
    case .denied: denied = true
    case .withheld(let why): withheld = why
    case .failed(let code, let why): (failed, self.why) = (code, why)
    }
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["ask": .string(ask)]
    members["text"] = text.map(JSONValue.string)
    members["hex"] = hex.map(JSONValue.string)
    members["absent"] = absent.map(JSONValue.bool)
    members["denied"] = denied.map(JSONValue.bool)
    members["withheld"] = withheld.map(JSONValue.string)
    members["failed"] = failed.map { .integer(Int64($0)) }
    members["why"] = why.map(JSONValue.string)
    return .object(members)
  }

  func write(into output: inout [UInt8]) {
    json.write(into: &output, indented: false)
    output.append(0x0a)
  }

  /// `nil`: not exactly one kind of answer, or not one that is written so.
  var answer: Answer? {
    switch (text, hex, absent, denied, withheld, failed, why) {
    case (let text?, nil, nil, nil, nil, nil, nil): .bytes(Array(text.utf8))
    case (nil, let hex?, nil, nil, nil, nil, nil): Self.bytes(hex).map(Answer.bytes)
    case (nil, nil, true?, nil, nil, nil, nil): .absent
    case (nil, nil, nil, true?, nil, nil, nil): .denied
    case (nil, nil, nil, nil, let why?, nil, nil): .withheld(why)
    case (nil, nil, nil, nil, nil, let code?, let why?): .failed(code: code, why)
    default: nil
    }
  }

  /// How many strings the line holds, members' names included, if each member is written once.
  var strings: Int {
    let values = [text, hex, withheld, why].count { $0 != nil }
    let others = [absent != nil, denied != nil, failed != nil].count { $0 }
    return 2 + 2 * values + others
  }

  /// The bytes as text, if a person can read it: UTF-8 without control characters but tab and newline.
  private static func printable(_ bytes: [UInt8]) -> String? {
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 || $0 == 0x0a }),
      let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { (0x80...0x9f).contains($0.value) })
    else { return nil }
    return text
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    var output: [UInt8] = []
    output.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      output.append(alphabet[Int(byte >> 4)])
      output.append(alphabet[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(hexadecimal.utf8.count / 2)
    var high: UInt8?
    for character in hexadecimal.utf8 {
      guard let digit = hexDigit(character) else { return nil }
      if let first = high {
        output.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? output : nil
  }
}

extension Question {
  /// Registers, configuration space and structures, which are no text even where they happen to be printable.
  fileprivate var isBinary: Bool {
    switch self {
    case .cpuid, .msr, .pciConfig, .ioctl: true
    case .file, .directory, .link, .libvirt, .kernelLog, .privilege, .clock, .origin, .assumption: false
    }
  }
}

extension Decoder {
  /// Throws if the object has a member that is not in `names`.
  fileprivate func refuseMembers(beyond names: [String]) throws {
    for key in try container(keyedBy: AnyKey.self).allKeys where !names.contains(key.stringValue) {
      throw UnknownMember(name: key.stringValue)
    }
  }
}

/// A member of an object that a tape does not have.
struct UnknownMember: Error { let name: String }

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
