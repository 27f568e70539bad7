// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A document libvirt can be asked for.
public enum LibvirtDocument: String, Hashable, Sendable, CaseIterable {
  /// `virConnectGetCapabilities`; works on a read-only connection.
  case capabilities
  /// `virConnectGetDomainCapabilities` for the kvm domain type on a q35 machine; wants a read-write connection.
  case domainCapabilities = "domain-capabilities"
}
