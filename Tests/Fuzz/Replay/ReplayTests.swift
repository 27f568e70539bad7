// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import FuzzTargets
import Testing

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

  @Test func aTargetThatIsBrokenSaysSo() {
    let broken = FuzzTarget.all.map { $0.run(Array("neither this nor that".utf8)) }
    #expect(broken.allSatisfy { $0.finding == nil })
  }
}
