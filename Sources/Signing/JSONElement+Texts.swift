// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import StrictJSON

extension JSONElement {
  /// A member that has to be there and be a text.
  func text(at key: StaticString) throws(ShapeError) -> String {
    try member(key) { value throws(ShapeError) in try value.string() }
  }

  /// `nil`: it is missing or null.
  func optionalText(at key: StaticString) throws(ShapeError) -> String? {
    try optional(key) { value throws(ShapeError) in try value.string() }
  }
}
