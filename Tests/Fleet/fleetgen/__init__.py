# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Writes fleets that do not exist, and says what every question about them must be answered."""
