// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Documents
import Fleet
import Tape

/// The file in which providers say what the board calls them.
///
/// ```
/// providers:
///   - {name: acme, display_name: Acme Cloud, section: certified, contact: "mailto:lab@acme.example"}
/// ```
enum ProviderProfiles {
  /// Throws, with the line, at the first key or value that is not one of these.
  static func read(_ document: Document) throws(InputError) -> [ProviderProfile] {
    let top = try document.root.object("the file", keys: ["providers"])
    var profiles: [ProviderProfile] = []
    for node in try top.required("providers", "the file").list("providers") {
      let object = try node.object("a provider", keys: ["name", "display_name", "section", "contact"])
      let name = try object.required("name", "a provider").text("name")
      guard HostIdentity.isName(name), !profiles.contains(where: { $0.name == name }) else {
        throw node.refusal("\(name.debugDescription) can be no provider's name, or is there twice")
      }
      var profile = ProviderProfile(name)
      if let node = object["display_name"] { profile.displayName = try node.text("display_name") }
      if let node = object["section"] {
        let words = ProviderProfile.Section.allCases.map(\.rawValue)
        guard let section = ProviderProfile.Section(rawValue: try node.text("section")) else {
          throw node.refusal("section is one of \(words.joined(separator: ", "))")
        }
        profile.section = section
      }
      if let node = object["contact"] {
        profile.contact = try node.text("contact")
        guard profile.contact.hasPrefix("https://") || profile.contact.hasPrefix("mailto:") else {
          throw node.refusal("contact begins with https:// or mailto:")
        }
      }
      profiles.append(profile)
    }
    return profiles
  }
}
