// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
public import Evidence
internal import Glibc

/// The machine this process runs on. Only reads; wakes nothing by itself, but see `Policy`.
public final class LiveHost: HostSource {
  private let files = FileReader(.machine)
  private let processor: Processor
  private let library: PCILibrary
  private let helper: Helper?
  private let libvirtURI: String?
  /// `nil`: this process may look itself.
  private let daemons: DaemonRoots?
  /// Why a daemon that did not reply once is left alone.
  private var libvirtHangs: Answer?

  /// - Parameters:
  ///   - deadlineSeconds: how long a question that may hang is waited for.
  ///   - libvirtURI: `nil`: `qemu:///system`, wherever its socket is.
  ///   - helper: the program that calls `HelperEntry.run`, usually `HelperEntry.thisProgram`; `nil`: what may hang
  ///     is withheld.
  public convenience init(deadlineSeconds: Int = 10, libvirtURI: String? = nil, helper: String? = nil) {
    self.init(
      helper: helper.map { Helper(program: $0, deadlineSeconds: deadlineSeconds) }, libvirtURI: libvirtURI,
      libpci: CHOST_LIBPCI)
  }

  init(helper: Helper?, libvirtURI: String?, libpci: String) {
    processor = Processor(files: files)
    library = PCILibrary(libpci)
    self.helper = helper
    daemons = Supervised.current?.daemons.flatMap { $0.isEmpty ? nil : $0 }
    self.libvirtURI = libvirtURI
  }

  public func ask(_ question: Question) -> Answer {
    if let daemons, let known = daemons.answer(to: question) { return known }
    return switch question {
    case .file(let path): files.file(path)
    case .directory(let path): files.directory(path)
    case .link(let path): files.link(path)
    case .cpuid(let leaf, let subleaf, let cpu): processor.cpuid(leaf, subleaf, cpu)
    case .msr(let register, let cpu): processor.msr(register, cpu)
    case .pciConfig(let address): pciConfig(address)
    case .ioctl(let ioctl): files.request(ioctl, helper: helper)
    case .libvirt(let document): libvirt(document)
    case .kernelLog: Asker.kernelLog()
    case .privilege: Asker.privilege(files)
    case .clock: Asker.clock()
    case .origin: .bytes(Array("\(Origin.live.rawValue)\n".utf8))
    case .assumption: .absent
    }
  }

  /// A hung daemon costs one deadline, not one a document.
  private func libvirt(_ document: LibvirtDocument) -> Answer {
    guard let helper else { return .withheld("no helper process to ask in") }
    if let libvirtHangs { return libvirtHangs }
    let uri = libvirtURI ?? LibvirtSocket.uri(for: document)
    let answer = helper.ask(.libvirt(document), of: uri)
    if case .failed(ETIMEDOUT, _) = answer { libvirtHangs = answer }
    return answer
  }

  /// Without libpci, and for its errors, the kernel's own file: it says what kept it from answering.
  private func pciConfig(_ address: PCIAddress) -> Answer {
    library.configuration(address).map(Answer.bytes) ?? files.configuration(address)
  }
}
