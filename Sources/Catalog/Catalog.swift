// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
internal import ProbeAMDSEV
internal import ProbeAccelerators
internal import ProbeArmCCA
internal import ProbeGuest
internal import ProbeGuestFirmware
internal import ProbeIOMMU
internal import ProbeIntelSGX
internal import ProbeIntelTDX
internal import ProbeLibvirt
internal import ProbeMemoryEncryption
internal import ProbePCI
internal import ProbePassthrough
internal import ProbePlatform
internal import ProbeQEMU
internal import ProbeSRIOV
internal import ProbeSecureExecution
internal import ReportAnsible
internal import ReportHBOM
internal import ReportIronic
internal import ReportJSON
internal import ReportJUnit
internal import ReportNFD
internal import ReportPrometheus
internal import ReportSonobuoy
internal import ReportSubunit
internal import ReportText

/// Every probe and every report, in the order in which they run and list.
public enum Catalog {
  public static let probes: [any Probe.Type] = [
    PlatformProbe.self, AMDSEVProbe.self, IntelTDXProbe.self, IntelSGXProbe.self, MemoryEncryptionProbe.self,
    SecureExecutionProbe.self, ArmCCAProbe.self, LibvirtProbe.self, QEMUProbe.self, GuestFirmwareProbe.self,
    IOMMUProbe.self, PCIProbe.self, SRIOVProbe.self, PassthroughProbe.self,
    AcceleratorsProbe.self, GuestProbe.self,
  ]
  public static let reports: [any Renderer.Type] = [
    TextReport.self, JSONReport.self, AnsibleReport.self, PrometheusReport.self, NFDReport.self,
    IronicReport.self, JUnitReport.self, SubunitReport.self, SonobuoyReport.self,
    HBOMReport.self,
  ]
}
