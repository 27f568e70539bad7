// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
public import Evidence
internal import Glibc
public import Tape

/// A host below a folder: another's root with its kernel's /sys and /proc mounted there, or a copy of such files.
///
/// Nothing outside the folder is ever read for it, whatever links it holds. Below a mount the kernel answers for
/// itself: what is not there is absent. A copy is only what somebody kept: what is not there is withheld, and
/// registers come from its files `cpuid.txt` and `msr.json`.
public final class RootHost: HostSource {
  private let files: FileReader
  private let processor: Processor
  private let origin: Origin
  private let helper: Helper?
  private lazy var copied = CopiedRegisters(
    cpuid: copy(files.file("/cpuid.txt", limit: Self.listingLimit)), msr: copy(files.file("/msr.json")))

  /// Bytes; some sixty leaves of ninety bytes for each of 512 CPUs.
  private static let listingLimit = 4 << 20

  /// - Parameters:
  ///   - helper: as for `LiveHost`; a mount's PSP is asked in it.
  /// Errors: no such folder.
  public init(_ folder: String, deadlineSeconds: Int = 10, helper: String? = nil) throws(InputError) {
    do throws(SystemError) {
      files = FileReader(try Place(folder: folder), limit: Self.listingLimit)
    } catch {
      throw InputError(folder, error.text)
    }
    processor = Processor(files: files)
    self.helper = helper.map { Helper(program: $0, deadlineSeconds: deadlineSeconds) }
    // Both file systems exist once in a kernel, so wherever they are mounted they speak of this machine.
    let isMount =
      files.place.fileSystem("/sys") == UInt64(CHOST_SYSFS_MAGIC)
      && files.place.fileSystem("/proc") == UInt64(CHOST_PROC_MAGIC)
    origin = isMount ? .mount : .tree
  }

  public func ask(_ question: Question) -> Answer {
    switch question {
    case .file(let path): copy(files.file(path))
    case .directory(let path): copy(files.directory(path))
    case .link(let path): copy(files.link(path))
    case .pciConfig(let address): copy(files.configuration(address))
    case .libvirt: .withheld("libvirt is asked on the machine itself only")
    case .origin: .bytes(Array("\(origin.rawValue)\n".utf8))
    case .assumption: .absent
    default: origin == .mount ? askMount(question) : askTree(question)
    }
  }

  private func askMount(_ question: Question) -> Answer {
    switch question {
    case .cpuid(let leaf, let subleaf, let cpu):
      let record = processor.cpuidRecord(leaf, subleaf, cpu)
      return record == .absent ? .withheld("no /dev/cpu/\(cpu)/cpuid below this root") : record
    case .msr(let register, let cpu): return processor.msr(register, cpu)
    case .ioctl(let ioctl): return files.request(ioctl, helper: helper)
    case .kernelLog: return Asker.kernelLog()
    case .privilege: return Asker.privilege(FileReader(.machine))
    case .clock: return Asker.clock()
    default: return .withheld("not asked below another root")
    }
  }

  private func askTree(_ question: Question) -> Answer {
    switch question {
    case .cpuid: copied.cpuid(question)
    case .msr(let register, _): copied.msr(register)
    default: CopiedRegisters.missing
    }
  }

  /// A copy's silence says nothing about the host.
  private func copy(_ answer: Answer) -> Answer {
    origin == .tree && answer == .absent ? CopiedRegisters.missing : answer
  }
}
