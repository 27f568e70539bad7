// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CFleet

/// Why a text is no JSON document that is read here.
public struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: String, Sendable, Hashable {
    case notUTF8 = "not-utf-8"
    case notJSON = "not-json"
    case tooDeep = "too-deep"
    case duplicateKey = "duplicate-key"
    case noMemory = "no-memory"
  }

  public let kind: Kind
  /// simdjson's words, or the key that is there twice.
  public let detail: String
  /// Of the byte where it was noticed, from 0; `nil`: not known.
  public let offset: Int?

  init(_ kind: Kind, _ detail: String, offset: Int?) {
    (self.kind, self.detail, self.offset) = (kind, detail, offset)
  }

  init(_ kind: cfleet_fault_kind, _ fault: cfleet_fault) {
    let words: Kind =
      switch kind {
      case CFLEET_NOT_UTF8: .notUTF8
      case CFLEET_TOO_DEEP: .tooDeep
      case CFLEET_DUPLICATE_KEY: .duplicateKey
      case CFLEET_NO_MEMORY: .noMemory
      default: .notJSON
      }
    var text = fault.text
    // Safe: the field ends with a zero, as cfleet_parse writes it.
    let detail = unsafe withUnsafeBytes(of: &text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    // SIZE_MAX, which says that none is known, comes in as -1.
    self.init(words, detail, offset: fault.offset >= 0 ? fault.offset : nil)
  }

  public var description: String {
    let place = offset.map { ", byte \($0)" } ?? ""
    return switch kind {
    case .notUTF8: "is not UTF-8\(place)"
    case .notJSON: "is not JSON\(place)"
    case .tooDeep: "has more than \(JSONDocument.depthLimit) levels"
    case .duplicateKey: "has the key \(detail.debugDescription) twice in one object"
    case .noMemory: "is too large for this machine's memory"
    }
  }
}
