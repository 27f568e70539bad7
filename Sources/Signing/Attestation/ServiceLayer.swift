// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a provider says that it was looked at from: a host itself, a guest of its cloud, or a node of its Kubernetes.
public enum ServiceLayer: String, Sendable, CaseIterable {
  case host, iaas, kaas
}
