// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// What configuration space and sysfs say of TDISP. Without CAP_SYS_ADMIN, and of a sleeping function, the first is
  /// silent.
  func tdispEvidence(_ address: PCIAddress) -> TDISPEvidence {
    var evidence = TDISPEvidence()
    let space = configSpace(address)
    evidence.teeIO = space.flatMap { $0.teeIO }.value
    evidence.doe = space.flatMap { $0.has(0x002e) }.value
    evidence.ide = space.flatMap { $0.has(0x0030) }.value
    let tsm = names(in: "\(PCIDevices.path(address))/tsm")
    evidence.tsm = tsm.value != nil ? true : tsm.isAbsent ? false : nil
    evidence.authenticated = flag("\(PCIDevices.path(address))/authenticated").value
    evidence.doeFeatures = names(in: "\(PCIDevices.path(address))/doe_features").value
    return evidence
  }

  /// Device Capabilities, bit 30: TEE-IO Supported. Source: PCI Express Base Specification 6.0, 7.5.3.3.
  func teeIO(_ address: PCIAddress) -> Reading<Bool> { configSpace(address).flatMap { $0.teeIO } }
}

extension ConfigSpace {
  fileprivate var teeIO: Reading<Bool>.Outcome {
    if isAllOnes { return .unreadable("the configuration space reads all ones") }
    // 10h: PCI Express; Device Capabilities are its second 32 bits.
    switch capability(0x10) {
    case .absent: return .value(false)
    case .unknown(let why): return .unreadable(why)
    case .at(let offset):
      guard let word = littleEndian(bytes[...], at: offset + 4, as: UInt32.self) else {
        return .unreadable("only \(bytes.count) bytes of configuration space")
      }
      return .value(word.bit(30))
    }
  }

  fileprivate func has(_ id: UInt16) -> Reading<Bool>.Outcome {
    if isAllOnes { return .unreadable("the configuration space reads all ones") }
    switch extendedCapability(id) {
    case .absent: return .value(false)
    case .at: return .value(true)
    case .unknown(let why): return .unreadable(why)
    }
  }
}
