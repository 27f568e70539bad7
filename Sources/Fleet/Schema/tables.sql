-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The store's tables. A span is a row that held from one report of its host, valid_from, until before another, valid_to;
-- 9999: still so. host is the number that HostIdentity makes of provider, region and name. Times are UTC as reports have
-- them: 2026-11-26T09:45:50Z. The empty text: not known.
--
-- What hosts say stands once, however many say it. A row's number (fact, product, outcome) and a set's (set_id) are 63 bits
-- of SHA-256 of what they hold, so they are the same everywhere and in any order; 0 is the set of nothing, which has no row.
-- Without rowid, by their natural keys: half the size.

CREATE TABLE machine (
  host INTEGER NOT NULL, provider TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (host)) WITHOUT ROWID, STRICT;

CREATE TABLE report (
  host INTEGER NOT NULL, observed_at TEXT NOT NULL, digest TEXT NOT NULL, signed_by TEXT NOT NULL,
  segment TEXT NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (host, observed_at)) WITHOUT ROWID, STRICT;

-- The last four are numbers of sets.
CREATE TABLE host_span (
  host INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  environment TEXT NOT NULL, class TEXT NOT NULL, board TEXT NOT NULL, cpu TEXT NOT NULL, bios TEXT NOT NULL,
  kernel TEXT NOT NULL, capabilities INTEGER NOT NULL, devices INTEGER NOT NULL, virtual_functions INTEGER NOT NULL,
  remarks INTEGER NOT NULL,
  PRIMARY KEY (host, valid_from)) WITHOUT ROWID, STRICT;

CREATE TABLE capability_set (
  set_id INTEGER NOT NULL, capability TEXT NOT NULL, fact INTEGER NOT NULL,
  PRIMARY KEY (set_id, capability)) WITHOUT ROWID, STRICT;

CREATE TABLE capability_fact (
  fact INTEGER NOT NULL, capability TEXT NOT NULL, state TEXT NOT NULL, layer TEXT NOT NULL, reason TEXT NOT NULL,
  fix_kind TEXT NOT NULL, fix TEXT NOT NULL, because TEXT NOT NULL, usable_from TEXT NOT NULL, slots INTEGER NOT NULL,
  PRIMARY KEY (fact)) WITHOUT ROWID, STRICT;

CREATE TABLE device_set (
  set_id INTEGER NOT NULL, product INTEGER NOT NULL, outcome INTEGER NOT NULL, units INTEGER NOT NULL,
  PRIMARY KEY (set_id, product, outcome)) WITHOUT ROWID, STRICT;

CREATE TABLE device_product (
  product INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, model TEXT NOT NULL, type TEXT NOT NULL,
  memory_gib INTEGER NOT NULL,
  PRIMARY KEY (product)) WITHOUT ROWID, STRICT;

CREATE TABLE device_outcome (
  outcome INTEGER NOT NULL, state TEXT NOT NULL, layer TEXT NOT NULL, reason TEXT NOT NULL, fix_kind TEXT NOT NULL,
  fix TEXT NOT NULL,
  PRIMARY KEY (outcome)) WITHOUT ROWID, STRICT;

CREATE TABLE virtual_function_set (
  set_id INTEGER NOT NULL, id TEXT NOT NULL, physical INTEGER NOT NULL, total INTEGER NOT NULL, active INTEGER NOT NULL,
  assigned INTEGER NOT NULL, free INTEGER NOT NULL,
  PRIMARY KEY (set_id, id)) WITHOUT ROWID, STRICT;

CREATE TABLE remark_set (
  set_id INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL, times INTEGER NOT NULL,
  PRIMARY KEY (set_id, kind, reason)) WITHOUT ROWID, STRICT;

CREATE TABLE proof (
  provider TEXT NOT NULL, class TEXT NOT NULL, capability TEXT NOT NULL, proven_at TEXT NOT NULL, means TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (provider, class, capability, proven_at, digest)) WITHOUT ROWID, STRICT;

-- subject: whose report it would be, if that is known. The same input refused twice is one row.
CREATE TABLE rejected (
  subject TEXT NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL, source TEXT NOT NULL, detail TEXT NOT NULL,
  noticed_at TEXT NOT NULL,
  PRIMARY KEY (subject, reason, digest)) WITHOUT ROWID, STRICT;
