// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// How a unit was judged, and everything that it was judged by.
///
/// A ladder sees nothing but the unit's function and the answers to what it asks. A function of the same kind that gets the
/// same answers is asked the same, one question after the other, and comes to the same.
struct Precedent {
  /// What the unit asked of its own function and group, and what it heard.
  private let heard: [(question: Spot.Local, answer: Heard)]
  /// What it asked of the host, which answers everyone alike.
  private let ofHost: [Spot.Local]
  private let standing: Standing
  private let spot: Spot

  /// `nil`: the verdict rests on another function or group, or on registers.
  init?(_ standing: Standing, at spot: Spot, by witness: Witness) {
    guard !witness.sawNeighbours else { return nil }
    var heard: [(question: Spot.Local, answer: Heard)] = []
    var ofHost: [Spot.Local] = []
    for (question, answer) in witness.answers {
      guard let local = spot.local(question) else { return nil }
      if case .host = local {
        ofHost.append(local)
      } else {
        heard.append((local, Heard(answer, to: local, at: spot)))
      }
    }
    for question in standing.citations where spot.local(question) == nil { return nil }
    (self.heard, self.ofHost, self.standing, self.spot) = (heard, ofHost, standing, spot)
  }

  /// Whether a unit elsewhere hears the same. Asks what its ladder would ask, and nothing beyond that.
  func holds(at other: Spot, _ host: any HostSource) -> Bool {
    for index in heard.indices {
      let answer = host.ask(other.question(heard[index].question))
      guard heard[index].answer.isHeard(in: answer, at: other) else { return false }
    }
    return true
  }

  /// The standing of a unit that hears the same.
  func standing(at other: Spot) -> Standing {
    standing.citing { question in spot.local(question).map(other.question) ?? question }
  }

  /// Whether another unit's climb asked the same of the host and came to the same.
  func agrees(with judged: Standing, at other: Spot, by witness: Witness) -> Bool {
    let asked = witness.answers.compactMap { other.local($0.question) }.filter {
      if case .host = $0 { true } else { false }
    }
    return !witness.sawNeighbours && asked == ofHost && standing(at: other) == judged
  }
}

/// An answer, as far as a verdict can rest on it: what differs between two units only because they are two is left out.
private enum Heard {
  case exactly(Answer)
  /// A listing of the unit's own function alone.
  case itself
  /// A link to the unit's group: what stands before its number.
  case group([UInt8])
  /// A `resource` file, of which rungs use sizes and kinds, and no address.
  case resources([UInt8])

  init(_ answer: Answer, to question: Spot.Local, at spot: Spot) {
    self = .exactly(answer)
    guard case .bytes(let bytes) = answer else { return }
    switch question {
    case .group(.directory, "devices"):
      if Self.isAlone(bytes, spot) { self = .itself }
    case .function(.link, "iommu_group"):
      let number = "\(spot.group)".utf8
      let start = bytes.count - number.count
      guard start > 0, bytes[start - 1] == UInt8(ascii: "/"), bytes[start...].elementsEqual(number) else {
        return
      }
      self = .group(Array(bytes[..<start]))
    case .function(.file, "resource"): self = .resources(bytes)
    default: break
    }
  }

  private static func isAlone(_ listing: [UInt8], _ spot: Spot) -> Bool {
    listing.last == UInt8(ascii: "\n") && listing.dropLast().elementsEqual("\(spot.address)".utf8)
  }

  func isHeard(in answer: Answer, at spot: Spot) -> Bool {
    if case .exactly(let own) = self { return answer == own }
    guard case .bytes(let bytes) = answer else { return false }
    return switch self {
    case .exactly: false
    case .itself: Self.isAlone(bytes, spot)
    case .group(let before):
      bytes.starts(with: before) && bytes.dropFirst(before.count).elementsEqual("\(spot.group)".utf8)
    case .resources(let own): PCIResource.areAlike(own, bytes)
    }
  }
}
