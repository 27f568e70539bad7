// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// How a page is drawn; what is on it does not depend on this.
public struct TextStyle: Sendable, Hashable {
  /// Whether to send the terminal colours.
  public var color: Bool
  /// Display columns that no line exceeds.
  public let columns: Int
  /// Whether symbols beyond ASCII may be used.
  public var unicode: Bool

  /// Fewer columns hold no address beside its indentation.
  public static let fewestColumns = 32

  /// - Parameter columns: at least `fewestColumns`; fewer are taken for that.
  public init(color: Bool = false, columns: Int = 80, unicode: Bool = true) {
    (self.color, self.columns, self.unicode) = (color, max(Self.fewestColumns, columns), unicode)
  }

  /// What goes into a file: 80 columns, no colours.
  public static let plain = TextStyle()
}
