// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// How it is wiped between two guests, and whom that meets.
extension Unit {
  /// The kernel lists a method; whether the device survives it, nobody can read.
  var reset: Rung {
    let slots = neighbours
    return rung(
      "reset", .firmware, "the kernel can reset it between guests",
      "kernel drivers/pci/pci.c, pci_reset_fn_methods"
    ) {
      function, host in
      let methods = host.namedResetMethods(function.address)
      if methods.isAbsent {
        let siblings = Self.slot(of: function.address, slots, host).contains {
          $0.address != function.address
        }
        return Self.resetWithoutMethod(function.address, hasSiblings: siblings, host)
      }
      return methods.judge("reset_method") { names in
        if names.isEmpty {
          return .fail(.resetDisabled, "reset_method is empty: resets were switched off", citing: [])
        }
        if names == ["pm"] { return .warn(.resetPowerManagementOnly, "reset_method = pm", citing: []) }
        return .pass("reset_method = \(names.joined(separator: " "))", citing: [])
      }
    }
  }

  /// The functions of a slot that are there, in order.
  private static func slot(
    of address: PCIAddress, _ functions: [PCIAddress: PCIFunction], _ host: any HostSource
  ) -> [PCIFunction] {
    (UInt8(0)..<8).compactMap { number in
      var each = address
      each.function = number
      return host.neighbour(each, in: functions)
    }
  }

  /// `reset_method` is younger than `reset` (kernel 5.15), and neither is there without a method.
  private static func resetWithoutMethod(
    _ address: PCIAddress, hasSiblings: Bool, _ host: any HostSource
  ) -> Judgement {
    let entries = host.names(in: PCIDevices.path(address))
    let question = PCIDevices.file(address, "reset_method")
    return entries.judge("attributes") { names in
      if names.contains("reset") {
        return .pass("reset is there, its method is not named", citing: [question])
      }
      guard host.isWhole else {
        return .unknown(.sourceWithheld, "no reset in this copy", citing: [question])
      }
      if hasSiblings {
        return .warn(
          .noReset, "no method of its own; the slot may still be reset as a whole", citing: [question])
      }
      return .fail(.noReset, "no reset method", citing: [question])
    }
  }

  /// Without a method of its own VFIO resets the whole slot, and with it functions that are not the unit's.
  /// The kernel names `bus` only where a function is alone on its bus.
  var resetScope: Rung {
    let mine = Set(members.map(\.address))
    let slots = neighbours
    return rung(
      "reset-scope", .kernel, "resetting it meets nothing the host uses",
      "kernel drivers/vfio/pci/vfio_pci_core.c, VFIO_DEVICE_PCI_HOT_RESET; drivers/pci/pci.c, pci_parent_bus_reset()",
      isAdvisory: true
    ) { function, host in
      let methods = host.namedResetMethods(function.address)
      let weak = methods.isAbsent || methods.value == ["pm"]
      guard weak else {
        return methods.judge("reset_method") {
          .pass("reset_method = \($0.joined(separator: " "))", citing: [])
        }
      }
      if methods.isAbsent, host.names(in: PCIDevices.path(function.address)).value?.contains("reset") == true
      {
        return .pass("reset is there, its method is not named", citing: [methods.question])
      }
      let siblings = Self.slot(of: function.address, slots, host).filter { !mine.contains($0.address) }
      for sibling in siblings {
        let binding = host.driverBinding(sibling)
        guard let holder = binding.value else {
          return binding.judge("driver of \(sibling.address)") { _ in .pass("", citing: []) }
        }
        guard case .host(let driver) = holder, !holder.isToleratedInGroup else { continue }
        return .warn(
          .resetReachesOthers, "a reset of the slot meets \(sibling.address) (\(driver))",
          citing: [methods.question, binding.question])
      }
      return .pass("nothing else in the slot is in use", citing: [methods.question])
    }
  }
}
