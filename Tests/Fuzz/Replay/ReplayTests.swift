// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Tape
import Testing

@testable import FuzzTargets

/// Every input below `Inputs`, where what the fuzzers found is kept: each target's folder holds `NAME.taken`, which must be
/// read, and others, which must do no harm.
@Suite struct ReplayTests {
  static let inputs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Inputs")

  static func files(_ target: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: inputs.appending(path: target), includingPropertiesForKeys: nil
    )
    .sorted { $0.path < $1.path }
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func whatWasFoundOnceDoesNoHarmAgain(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let files = try Self.files(name)
    for file in files {
      let input = Array(try Data(contentsOf: file))
      let outcome = target.run(input)
      #expect(outcome.finding == nil, "\(file.lastPathComponent)")
      if file.pathExtension == "taken" { #expect(outcome == .taken, "\(file.lastPathComponent)") }
      #expect(target.run(input) == outcome, "\(file.lastPathComponent): another time another outcome")
    }
    // Else the target might refuse everything, and find nothing.
    #expect(files.contains { $0.pathExtension == "taken" }, "\(name) has no input that is taken")
  }

  @Test func everyFolderOfInputsHasItsTarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.inputs.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }

  @Test func aPropertyThatDoesNotHoldIsAFinding() {
    let outcomes = [Broken("why") as any Error, InputError("dump", "empty")].map { error in
      FuzzTarget("any", upTo: 1) { _ in throw error }.run([])
    }
    #expect(outcomes == [.broken("why"), .refused("dump: empty")])
    #expect(FuzzTarget("any", upTo: 1) { _ in }.run([]) == .taken)
  }

  /// The fuzzers' own eye for identities, which finds nothing if it is blind.
  @Test(arguments: [
    ("x 52:54:00:12:34:56 y", "52:54:00:12:34:56"), ("02:68:63:12:34:56", nil), ("52:54:00:12:34:567", nil),
    ("6BA7B810-9dad-11d1-80b4-00c04fd430c8\n", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    ("68636170-9dad-81d1-80b4-00c04fd430c8", nil), ("00000000-0000-0000-0000-000000000000", nil),
  ])
  func whatIdentifiesAMachineIsSeen(_ text: String, _ found: String?) {
    #expect(Identities.left(in: Array(text.utf8)) == found)
  }
}
