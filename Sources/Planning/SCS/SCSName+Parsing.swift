// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// Reads the form of versions 2 and 3, exactly: case, order and the values that the standard lists.
  ///
  /// A number has no leading zero, RAM no fraction but `.5`.
  /// Source: scs-0100 v3.3, the tables; that a disk may have no size: its section on disks.
  public static func parse(_ name: String) throws(SCSNameError) -> SCSName {
    guard name.hasPrefix(prefix) else { throw SCSNameError("a name begins with \(prefix)", rest: name) }
    let words = name.dropFirst(prefix.count).split(separator: "_", omittingEmptySubsequences: false)
    let tail = words.dropFirst().map { "_\($0)" }
    var scanner = NameScanner(words.first ?? "")
    var parsed: SCSName
    do { parsed = try scanner.base() } catch {
      throw SCSNameError(error.message, rest: error.rest + tail.joined())
    }
    var last = Extension.none
    for (index, word) in words.dropFirst().enumerated() {
      do throws(SCSNameError) {
        let next = try parsed.extend(by: word)
        guard next > last else { throw SCSNameError("it stands too late; the order is fixed", rest: word) }
        last = next
      } catch {
        let start = error.rest == word ? "_\(word)" : error.rest
        throw SCSNameError(error.message, rest: start + tail.dropFirst(index + 1).joined())
      }
    }
    return parsed
  }

  /// Reads the form of version 1, `SCS-4V:16:100s-z3`.
  public static func parse(version1 name: String) throws(SCSNameError) -> SCSName {
    guard name.hasPrefix(prefix), !name.contains("_") else {
      throw SCSNameError("a name of version 1 begins with \(prefix) and has no _", rest: name)
    }
    let later = name.dropFirst(prefix.count).map { $0 == ":" ? "-" : $0 == "-" ? "_" : String($0) }
    do { return try parse(prefix + later.joined()) } catch {
      throw SCSNameError(error.message, rest: version1(error.rest))
    }
  }

  /// In the order in which they stand.
  private enum Extension: Int, Comparable {
    case none, hypervisor, nested, architecture, gpu, infiniBand

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private mutating func extend(by word: Substring) throws(SCSNameError) -> Extension {
    var scanner = NameScanner(word)
    if let hypervisor = Hypervisor(rawValue: String(word)) {
      self.hypervisor = hypervisor
      return .hypervisor
    }
    if word == "hwv" {
      hasNestedVirtualization = true
      return .nested
    }
    if word == "ib" {
      hasInfiniBand = true
      return .infiniBand
    }
    if let architecture = try scanner.architecture() {
      self.architecture = architecture
      return .architecture
    }
    if let gpu = try scanner.gpu() {
      self.gpu = gpu
      return .gpu
    }
    throw SCSNameError("it is no extension of the standard, and there may be no others", rest: word)
  }
}

extension NameScanner {
  /// What stands before the first `_`.
  fileprivate mutating func base() throws(SCSNameError) -> SCSName {
    let first = self
    guard let cpus = number(), cpus > 0 else { throw first.error("a positive number of vCPUs comes first") }
    guard let cpuType = letter(SCSName.CPUType.self) else { throw error("the vCPUs are L, V, T or C") }
    var name = SCSName(cpus: cpus, cpuType: cpuType, ramHalfGiB: 0)
    name.isInsecure = take("i")
    guard take("-") else { throw error("- and the RAM in GiB are due") }
    let start = self
    guard let whole = number() else { throw error("the RAM in GiB is due") }
    name.ramHalfGiB = 2 * whole + (take(".5") ? 1 : 0)
    guard name.ramHalfGiB > 0, rest.first?.isNumber != true, !rest.hasPrefix(".") else {
      throw start.error("RAM is a positive multiple of 0.5")
    }
    name.isWithoutECC = take("u")
    name.isRAMOversubscribed = take("o")
    if take("-") { name.disk = try disk() }
    guard rest.isEmpty else { throw error("it stands behind all that comes before the first _") }
    return name
  }
}
