// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A flavor as an operator writes it down, or as Nova lists it.
public struct FlavorDefinition: Sendable {
  public let name: String
  /// Counted from 1.
  public let line: Int
  /// `nil`: not given, like the two below.
  public let cpus: Int?
  public let ramMiB: Int?
  /// Of the root disk; 0: none, the guest starts from a volume.
  public let diskGB: Int?
  /// `nil`: not given, which means public.
  public let isPublic: Bool?
  public let section: Section
  /// In the file's order.
  public let extraSpecs: [FlavorExtraSpec]
  /// The line of `disabled: true`.
  public let disabledLine: Int?
  /// Keys that whoever creates the flavor does not read.
  public let ignoredKeys: [IgnoredKey]

  /// Where it stands in its file.
  public enum Section: Sendable { case mandatory, recommended, listed }

  public struct IgnoredKey: Sendable, Hashable {
    public let key: String
    public let line: Int
  }

  /// `nil`: not there.
  func extraSpec(_ key: String) -> FlavorExtraSpec? { extraSpecs.first { $0.key == key } }
}
