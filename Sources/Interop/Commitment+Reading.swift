// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Documents
internal import HostModel
internal import Planning
public import Tape

extension Commitment {
  private static let keys = [
    "provider", "layer", "release", "class", "capabilities", "made", "due", "closed_by",
  ]

  /// A file of commitments, in its order. Throws, with the line, at the first that is none.
  ///
  /// - Parameter capabilities: ids that there are.
  public static func all(_ document: Document, capabilities: [String]) throws(InputError) -> [Commitment] {
    let top = try document.root.object("the file", keys: ["commitments"])
    var all: [Commitment] = []
    for node in try top.required("commitments", "the file").list("commitments") {
      let commitment = try Commitment(node, capabilities)
      guard !all.contains(where: { $0.isSame(as: commitment) }) else {
        throw node.refusal("the same is promised twice")
      }
      all.append(commitment)
    }
    guard !all.isEmpty else { throw document.root.refusal("promises nothing") }
    return all
  }

  /// The same promise, whatever keeps it.
  private func isSame(as other: Commitment) -> Bool {
    (provider, layer, release, hardwareClass) == (
      other.provider, other.layer, other.release, other.hardwareClass
    )
      && Set(capabilities) == Set(other.capabilities)
  }

  private init(_ node: DocumentNode, _ known: [String]) throws(InputError) {
    let object = try node.object("a commitment", keys: Self.keys)
    func line(_ key: String) throws(InputError) -> String {
      let node = try object.required(key, "a commitment")
      let text = try node.text(key)
      let isLine = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
      guard isLine, !text.isEmpty, text.utf8.count <= 400 else {
        throw node.refusal("\(key) is one line of text")
      }
      return text
    }
    (provider, release, hardwareClass) = (try line("provider"), try line("release"), try line("class"))
    let layers = Demand.Layer.allCases.map(\.rawValue)
    guard let layer = Demand.Layer(rawValue: try line("layer")) else {
      throw node.refusal("layer is one of \(layers.joined(separator: ", "))")
    }
    self.layer = layer
    var capabilities: [String] = []
    for node in try object.required("capabilities", "a commitment").list("capabilities") {
      let id = try node.text("a capability")
      guard known.contains(id), !capabilities.contains(id) else {
        throw node.refusal("no capability \(id), or twice; there are \(known.joined(separator: ", "))")
      }
      capabilities.append(id)
    }
    guard !capabilities.isEmpty else { throw node.refusal("promises no capability") }
    self.capabilities = capabilities
    (made, due) = (try line("made"), try line("due"))
    for (key, day) in [("made", made), ("due", due)] where day.utf8.count != 10 || UTCTime(day) == nil {
      throw node.refusal("\(key) is a day: 2026-12-15")
    }
    guard made <= due else { throw node.refusal("is due before it was made") }
    var digests: [String] = []
    for node in try object["closed_by"]?.list("closed_by") ?? [] {
      let text = try node.text("a SHA-256")
      let digest = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
      let isDigest = digest.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      guard digest.utf8.count == 64, isDigest else {
        throw node.refusal("closed_by takes SHA-256 digests, 64 digits: sha256sum report.json")
      }
      digests.append(digest)
    }
    closedBy = digests
  }

  /// A file to begin with.
  public static let template = """
    # Who will test what, by when. Promises stay in sight until signed reports keep them: hostcap fleet commitments.
    commitments:
      - provider: acme
        # host: the machine itself; iaas: in a guest that OpenStack starts; kaas: in a Kubernetes node.
        layer: host
        # As the community calls it, release candidates too.
        release: "2026.2-rc1"
        # As hostcap fleet classes prints it.
        class: "Example Rack 1, Genoa"
        capabilities: [amd.sev, amd.sev-snp]
        made: "2026-11-26"
        due: "2026-12-15"
        # The reports that keep it, by SHA-256: what hostcap sign --dsse --provider acme --layer host
        # --release 2026.2-rc1 signed.
        closed_by: []

    """
}
