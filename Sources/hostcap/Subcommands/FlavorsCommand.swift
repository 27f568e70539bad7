// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Documents
import LiveHost
import Planning
import Tape

struct FlavorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flavors",
    abstract: "Check flavors against a release, and their names against hosts.",
    subcommands: [FlavorsLintCommand.self, FlavorsTruthCommand.self])

  /// A flavor file, or standard input for `-`.
  static func read(_ file: String) throws(InputError) -> FlavorFile {
    try FlavorFile(Document(parsing: InputFile.read(file, limit: Document.sizeLimit), path: file))
  }
}

/// Which release a command is about.
struct ReleaseOptions: ParsableArguments {
  @Option(help: "The OpenStack release: \(OpenStackRelease.all.map(\.id).joined(separator: ", ")).")
  var openstack: String?

  @Option(help: "The OSISM release, which stands for an OpenStack release: \(Self.osisms).")
  var osism: String?

  private static let osisms = OSISMRelease.all.filter { OpenStackRelease.named($0.openStack) != nil }
    .map(\.id).joined(separator: ", ")

  func validate() throws { _ = try release() }

  /// The release, and what to call it.
  func release() throws -> (OpenStackRelease, name: String) {
    switch (openstack, osism) {
    case (let id?, nil):
      if let release = OpenStackRelease.named(id) { return (release, "OpenStack \(id)") }
      throw ValidationError(
        "OpenStack \(id) is not known: \(OpenStackRelease.all.map(\.id).joined(separator: ", ")).")
    case (nil, let id?):
      if let osism = OSISMRelease.all.first(where: { $0.id == id }),
        let release = OpenStackRelease.named(osism.openStack)
      {
        return (release, "OSISM \(id) (OpenStack \(release.id))")
      }
      throw ValidationError("OSISM \(id) is not known: \(Self.osisms).")
    default: throw ValidationError("Name the release that the flavors are for: --openstack or --osism.")
    }
  }
}
