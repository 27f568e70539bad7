// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Planning

/// Values that have one text each.
enum ValueTargets {
  @Sendable static func values(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    if let question = Question(text) {
      try hold(question.description.utf8.elementsEqual(text.utf8), "\(text.debugDescription) is \(question)")
      _ = question.hazard
    }
    if let address = PCIAddress(text) {
      try hold(PCIAddress(address.description) == address, "\(address) is another address")
    }
    if let time = UTCTime(text) {
      try hold(UTCTime(time.description) == time, "\(time) is another time")
      try hold(UTCTime(secondsSince1970: time.secondsSince1970) == time, "\(time) is another second")
    }
    if let name = try? SCSName.parse(text) {
      let again = try? SCSName.parse(name.description)
      try hold(again == name, "\(name) is another name than \(text.debugDescription)")
    }
    _ = try? SCSName.parse(version1: text)
    _ = (decimal(input[...]), signedDecimal(input[...]), hexadecimal(input[...]))
    _ = (CPUList(input[...]), KernelVersion(input[...]), CommandLine(input[...])?.iommuPassthrough)
  }
}
