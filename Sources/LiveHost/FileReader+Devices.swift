// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

extension FileReader {
  /// A function's configuration space from sysfs. An empty file is one that could not be copied or read.
  func configuration(_ address: PCIAddress) -> Answer {
    let path = "/sys/bus/pci/devices/\(address)/config"
    let answer = file(path, limit: 4096)
    return answer == .bytes([]) ? .failed(code: 0, "\(path): empty") : answer
  }

  /// Sends one of the requests that only read to the device node of this place.
  func request(_ ioctl: Ioctl, helper: Helper?) -> Answer {
    let path = ioctl.device
    do throws(SystemError) {
      guard try place.has(path), try isBacked(ioctl) else { return .absent }
      let question = Question.ioctl(ioctl)
      guard question.hazard == .mayHang else { return ioctl.send(to: try place.openDevice(path)) }
      guard let helper else { return .withheld("no helper process to ask in") }
      return helper.ask(question, of: try realPath(path))
    } catch {
      return error.answer(path)
    }
  }

  /// Whether a driver stands behind /dev/kvm.
  ///
  /// udev makes that node at boot, module or not, and opening it would load the module: a change to the host.
  /// Source: kernel virt/kvm/kvm_main.c and arch/x86/kvm/x86.c, MODULE_ALIAS("devname:kvm").
  private func isBacked(_ ioctl: Ioctl) throws(SystemError) -> Bool {
    let misc = "/sys/class/misc"
    guard Question.ioctl(ioctl).hazard == .none, try place.has(misc) else { return true }
    return try place.has("\(misc)/kvm")
  }

  /// The path under which another process finds a file of this place.
  private func realPath(_ path: String) throws(SystemError) -> String {
    let node = try place.name(path)
    guard case .bytes(let bytes) = FileReader(.machine).link("/proc/self/fd/\(node.number)") else {
      throw SystemError(ENOTSUP)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
