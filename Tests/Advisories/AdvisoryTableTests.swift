// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Advisories

/// The table itself: every row can be compared, and says where it is from.
@Suite struct AdvisoryTableTests {
  let table = AdvisoryTable.embedded

  @Test func theTableHasRowsOfBothMakersInTheOrderOfTheirIDs() {
    let ids = table.advisories.map(\.id)
    #expect(ids.count >= 15)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    let cves = table.advisories.flatMap(\.cves)
    #expect(Set(cves).count == cves.count)
    #expect(Set(table.advisories.map(\.vendor)) == ["AuthenticAMD", "GenuineIntel"])
  }

  @Test func everyRowNamesItsMakersAdvisoryItsCVEsAndTheDayItWasLookedAt() {
    for advisory in table.advisories {
      let sources = table.sources(of: advisory)
      #expect(sources.count == advisory.sources.count, "\(advisory.id) has a source that is not in the table")
      #expect(sources.first?.title == advisory.id)
      #expect(sources.allSatisfy { $0.url.hasPrefix("https://") && $0.seen.count == 10 })
      #expect(!advisory.cves.isEmpty && advisory.cves.allSatisfy { $0.hasPrefix("CVE-") })
      for cve in advisory.cves { #expect(sources.contains { $0.url.hasSuffix(cve) }, "\(cve)") }
      #expect(!advisory.title.isEmpty && !advisory.title.hasSuffix("."))
    }
  }

  @Test func everyProcessorIsOneOfTheMakersAndNamedOnce() {
    for advisory in table.advisories {
      let names = advisory.affected.map(\.processor)
      #expect(Set(names).count == names.count && !names.isEmpty)
      for name in names {
        let line = table.processors.first { $0.name == name }
        #expect(line?.vendor == advisory.vendor, "\(advisory.id): \(name)")
      }
    }
  }

  @Test func noProcessorIsInTwoLines() {
    for line in table.processors {
      for model in line.models[0]...line.models[1] {
        let holding = table.processors.filter {
          $0.vendor == line.vendor && $0.holds(family: line.family, model: model)
        }
        #expect(holding.map(\.name) == [line.name])
      }
    }
  }

  @Test func everyVersionCanBeComparedAndNoLineHasTwo() {
    for advisory in table.advisories {
      for need in advisory.affected.flatMap(\.needs) {
        let versions = need.atLeast ?? []
        switch need.what {
        case .microcode:
          let numbers = versions.compactMap(AdvisedHost.hexadecimal)
          #expect(numbers.count == versions.count && !numbers.isEmpty, "\(advisory.id)")
          let shift: UInt64 = advisory.vendor == "AuthenticAMD" ? 8 : 24
          #expect(Set(numbers.map { $0 >> shift }).count == numbers.count, "\(advisory.id)")
        case .snpSVN: #expect(versions.count == 1 && versions.allSatisfy { UInt64($0) != nil })
        case .sevFirmware, .tdxModule:
          #expect(versions.count == 1 && versions.allSatisfy { FirmwareNeed.numbers($0) != nil })
        case .kernel: #expect(versions.count == 1)
        case .aliasCheck: #expect(versions.isEmpty)
        }
      }
    }
  }

  /// AMD's revisions name family, model and stepping: a row must not hold those of another processor.
  @Test func revisionsOfAMDAreOfTheProcessorThatTheRowNames() {
    for advisory in table.advisories where advisory.vendor == "AuthenticAMD" {
      for affected in advisory.affected {
        let line = table.processors.first { $0.name == affected.processor }
        for need in affected.needs where need.what == .microcode {
          for revision in (need.atLeast ?? []).compactMap(AdvisedHost.hexadecimal) {
            let family = 0xf + (revision >> 24)
            let model = (revision >> 20 & 0xf) << 4 | (revision >> 12 & 0xf)
            #expect(line?.holds(family: family, model: model) == true, "\(advisory.id): \(revision)")
          }
        }
      }
    }
  }

  @Test func bytesOfAnotherFormAreAnEmptyTable() {
    #expect(AdvisoryTable(Array("{}".utf8)).advisories.isEmpty)
  }
}
