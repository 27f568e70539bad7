// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// The least that a Swift program can do: what the agent's start is measured against.
print("hello")
