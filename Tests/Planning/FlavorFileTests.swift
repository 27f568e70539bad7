// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning
import Testing

@Suite struct FlavorFileTests {
  @Test func definitionsAreReadWithTheirLinesAndDefaults() throws {
    let file = try FlavorText(
      """
      reference:
        - field: name
          mandatory_prefix: SCS-
        - field: public
          default: false
        - field: disk
          default: 20
      mandatory:
        - name: a
          cpus: 2
          ram: 4096
          hw_rng:allowed: "True"
          hw:tpm_version: 2.0
      recommended:
        - {name: b, cpus: 1, ram: 1024, disk: 0, public: true, disabled: true, note: x}
      """
    ).file()
    #expect(file.format == .flavorManager)
    let (a, b) = (file.flavors[0], file.flavors[1])
    #expect((a.name, a.line, a.cpus, a.ramMiB, a.diskGB) == ("a", 9, 2, 4096, 20))
    #expect((a.isPublic, a.section) == (false, .mandatory))
    #expect(
      a.extraSpecs == [
        FlavorExtraSpec(key: "hw_rng:allowed", value: .text("True"), line: 12),
        FlavorExtraSpec(key: "hw:tpm_version", value: .number("2.0"), line: 13),
      ])
    #expect((b.diskGB, b.isPublic, b.section, b.disabledLine) == (0, true, .recommended, 15))
    #expect(b.ignoredKeys.map(\.key) == ["note"])
  }

  /// Properties as the client prints them now, and as older ones do.
  @Test(arguments: [
    #"{"hw:mem_encryption": "true", "x:y": "it's, 'so'"}"#, #""hw:mem_encryption='true', x:y='it's, 'so''""#,
  ])
  func aListOfTheClientIsRead(_ properties: String) throws {
    let file = try FlavorText(
      """
      [{"ID": "1", "Name": "cc-4c-16", "RAM": 16384, "Disk": 0, "Ephemeral": 0, "VCPUs": 4, "Is Public": true,
        "Swap": 0, "RXTX Factor": 1.0, "Properties": \(properties)}]
      """
    ).file()
    #expect(file.format == .listing)
    let flavor = file.flavors[0]
    #expect(
      (flavor.name, flavor.line, flavor.cpus, flavor.ramMiB, flavor.diskGB) == ("cc-4c-16", 1, 4, 16384, 0))
    #expect((flavor.isPublic, flavor.section) == (true, .listed))
    #expect(
      flavor.extraSpecs == [
        FlavorExtraSpec(key: "hw:mem_encryption", value: .text("true"), line: 2),
        FlavorExtraSpec(key: "x:y", value: .text("it's, 'so'"), line: 2),
      ])
  }

  @Test(arguments: [
    ("mandatory: []\n", "line 1: a file of flavors needs the key reference"),
    ("reference: []\n", "line 1: a file of flavors needs the key mandatory"),
    ("reference: []\nmandatory: {}\n", "line 2: mandatory has to be a list"),
    ("reference: []\nmandatory:\n  - cpus: 1\n", "line 3: a flavor needs the key name"),
    ("reference: []\nmandatory:\n  - x\n", "line 3: a flavor has to be an object: key: value"),
    (
      "reference: []\nmandatory:\n  - name: a\n  - name: a\n", "line 4: the flavor a stands already in line 3"
    ),
    (
      "reference: []\nmandatory:\n  - name: a\n    cpus: 1.5\n",
      "line 4: cpus has to be a whole number from 0 to 2147483647"
    ),
    (
      "x: &x {a:b: c}\nreference: []\nmandatory:\n  - name: a\n    <<: *x\n",
      "line 5: a flavor's keys cannot be merged with <<; write them out"
    ),
    (#"[{"Name": "a"}]"#, "line 1: a flavor in a list needs Properties: list with --long"),
    (#"[{"ID": "a"}]"#, "line 1: a flavor in a list needs the key Name"),
    (
      #"[{"Name": "a", "Properties": "hw:x=1"}]"#,
      "line 1: Properties as text have the form key='value', key='value'"
    ),
    ("text\n", "line 1: a file of flavors has to be an object: key: value"),
  ])
  func whatIsNoFileOfFlavorsIsRefusedWithItsLine(_ text: String, _ reason: String) {
    #expect(FlavorText(text).refusal == "flavors.yaml: \(reason)")
  }
}
