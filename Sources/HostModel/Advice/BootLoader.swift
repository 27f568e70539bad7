// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// How a distribution has its kernel's command line changed for good.
enum BootLoader: Sendable {
  /// Debian, Ubuntu and what stems from them.
  case updateGrub
  /// Red Hat's and Fedora's.
  case grubby
  /// SUSE's.
  case grubMkconfig

  /// - Parameter system: os-release's `PRETTY_NAME`. `nil`: a distribution not known here.
  init?(system: String) {
    let row = Self.rows.first { names, _ in names.contains { system.contains($0) } }
    guard let row else { return nil }
    self = row.loader
  }

  private static let rows: [(names: [String], loader: BootLoader)] = [
    (["Debian", "Ubuntu"], .updateGrub),
    (["Red Hat", "CentOS", "Rocky", "AlmaLinux", "Fedora", "Oracle Linux"], .grubby),
    (["SUSE", "SLES"], .grubMkconfig),
  ]

  /// The steps, as an operator types them.
  /// Source: Debian grub2 README.Debian; grubby(8); SUSE documentation on grub2-mkconfig.
  func steps(for change: CommandLineEdit.Outcome) -> String {
    switch self {
    case .updateGrub: "in GRUB_CMDLINE_LINUX of /etc/default/grub, then update-grub"
    case .grubMkconfig:
      "in GRUB_CMDLINE_LINUX of /etc/default/grub, then grub2-mkconfig -o /boot/grub2/grub.cfg"
    case .grubby:
      "grubby --update-kernel=ALL" + Self.option("--remove-args", change.removed)
        + Self.option("--args", change.added.map { [$0] } ?? [])
    }
  }

  private static func option(_ name: String, _ words: [String]) -> String {
    words.isEmpty ? "" : " \(name)=\"\(words.joined(separator: " "))\""
  }
}
