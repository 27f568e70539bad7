// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// What configuration space says of one capability: its absence is known only from a list walked to its end.
public enum Decoded<Value: Sendable & Hashable>: Sendable, Hashable {
  case value(Value)
  case absent
  case unknown(String)

  /// The value, where there is one.
  public var value: Value? { if case .value(let value) = self { value } else { nil } }

  /// Whether the function has the capability; `nil`: not known.
  public var isPresent: Bool? {
    switch self {
    case .value: true
    case .absent: false
    case .unknown: nil
    }
  }
}

/// A capability with a layout of its own.
protocol Capability: Sendable, Hashable {
  /// `nil`: it does not fit into what was handed out, or nobody answered.
  init?(_ space: ConfigSpace, at offset: Int)
}

extension ConfigSpace {
  /// What a list says of one kind, the first of it.
  func decode<Value: Capability>(_ id: UInt16, on list: CapabilityList, as type: Value.Type) -> Decoded<Value>
  {
    switch list.first(id) {
    case .absent: return .absent
    case .unknown(let why): return .unknown(why)
    case .at(let offset): return Value(self, at: offset).map(Decoded.value) ?? .unknown(cutOff)
    }
  }

  /// What a list says of one kind, all of it. A list that broke off before its end may have held more.
  func decodeAll<Value: Capability>(
    _ id: UInt16, on list: CapabilityList, as type: Value.Type
  ) -> Decoded<[Value]> {
    if let why = list.unknown { return .unknown(why) }
    let offsets = list.offsets(id)
    let all = offsets.compactMap { Value(self, at: $0) }
    if all.count < offsets.count { return .unknown(cutOff) }
    return all.isEmpty ? .absent : .value(all)
  }

  private var cutOff: String { "the capability is cut off or reads all ones" }

  /// 32 bits of a capability; `nil`: past the end, or all ones, which is nobody's answer.
  func register(_ offset: Int) -> UInt32? {
    word(offset, as: UInt32.self).flatMap { $0 == .max ? nil : $0 }
  }
}
