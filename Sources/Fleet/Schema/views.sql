-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What the queries read: the tables as they were at one moment, as far as the filters let them through. The one row of
-- scope has the moment and the filters; hostcap makes it. The empty text lets everything through.

-- The last report of each host up to the moment, and up to the moment before.
CREATE TEMPORARY VIEW seen AS
SELECT r.host AS host, MAX(r.observed_at) AS observed_at
FROM report r CROSS JOIN scope s
WHERE r.observed_at <= s.at_time
GROUP BY r.host;

CREATE TEMPORARY VIEW seen_before AS
SELECT r.host AS host, MAX(r.observed_at) AS observed_at
FROM report r CROSS JOIN scope s
WHERE r.observed_at <= s.since_time
GROUP BY r.host;

CREATE TEMPORARY VIEW host AS
SELECT m.host AS host, m.provider AS provider, m.region AS region, m.name AS name, h.class AS class, h.board AS board,
       h.cpu AS cpu, h.kernel AS kernel, h.environment AS environment, r.observed_at AS observed_at,
       r.signed_by AS signed_by,
       CASE WHEN r.observed_at < s.expired_time THEN 'expired' WHEN r.observed_at < s.stale_time THEN 'stale'
            ELSE 'fresh' END AS freshness
FROM scope s
CROSS JOIN machine m
JOIN seen n ON n.host = m.host
JOIN report r ON r.host = n.host AND r.observed_at = n.observed_at
JOIN host_span h ON h.host = m.host AND h.valid_from <= s.at_time AND h.valid_to > s.at_time
WHERE (s.one_provider = '' OR m.provider = s.one_provider)
  AND (s.one_region = '' OR m.region = s.one_region)
  AND (s.one_host = '' OR m.name = s.one_host);

CREATE TEMPORARY VIEW proven AS
SELECT p.provider AS provider, p.class AS class, p.capability AS capability, MAX(p.proven_at) AS proven_at
FROM proof p CROSS JOIN scope s
WHERE p.proven_at <= s.at_time AND p.proven_at >= s.proof_time
GROUP BY p.provider, p.class, p.capability;

-- Capabilities of hosts. What an expired report says counts as unknown. reached: stages passed, of silicon, firmware,
-- kernel, hypervisor (ready), platform (the release uses it) and proven.
CREATE TEMPORARY VIEW standing AS
SELECT host, provider, region, name, class, observed_at, capability, state, layer, reason, fix_kind, fix, because,
       usable_from, slots,
       CASE WHEN layer IN ('environment', 'cpu') THEN 'silicon' WHEN layer IN ('firmware', 'psp') THEN 'firmware'
            WHEN layer = 'kernel' THEN 'kernel' WHEN layer = '' THEN '' ELSE 'hypervisor' END AS stage,
       usable,
       CASE WHEN usable = 1 AND proven_at <> '' THEN 1 ELSE 0 END AS proven,
       CASE WHEN usable = 1 THEN proven_at ELSE '' END AS proven_at,
       CASE WHEN usable = 1 AND proven_at <> '' THEN 6 WHEN usable = 1 THEN 5 WHEN state = 'ready' THEN 4
            WHEN state <> 'blocked' OR layer IN ('', 'environment', 'cpu') THEN 0 WHEN layer IN ('firmware', 'psp') THEN 1
            WHEN layer = 'kernel' THEN 2 ELSE 3 END AS reached
FROM (SELECT h.host AS host, h.provider AS provider, h.region AS region, h.name AS name, h.class AS class,
             h.observed_at AS observed_at, c.capability AS capability,
             CASE WHEN h.freshness = 'expired' THEN 'unknown' ELSE c.state END AS state,
             CASE WHEN h.freshness = 'expired' THEN 'environment' ELSE c.layer END AS layer,
             CASE WHEN h.freshness = 'expired' THEN 'report.expired' ELSE c.reason END AS reason,
             CASE WHEN h.freshness = 'expired' THEN 'none' ELSE c.fix_kind END AS fix_kind,
             CASE WHEN h.freshness = 'expired' THEN 'collect a report' ELSE c.fix END AS fix,
             CASE WHEN h.freshness = 'expired' THEN 'last report ' || h.observed_at ELSE c.because END AS because,
             c.usable_from AS usable_from,
             CASE WHEN h.freshness = 'expired' THEN 0 ELSE c.slots END AS slots,
             CASE WHEN h.freshness <> 'expired' AND c.state = 'ready' AND c.usable_from <> ''
                       AND c.usable_from <= s.release_id THEN 1 ELSE 0 END AS usable,
             COALESCE(p.proven_at, '') AS proven_at
      FROM scope s
      CROSS JOIN host h
      JOIN capability_span c ON c.host = h.host AND c.valid_from <= s.at_time AND c.valid_to > s.at_time
      LEFT JOIN proven p ON p.provider = h.provider AND p.class = h.class AND p.capability = c.capability
      WHERE (s.one_capability = '' OR c.capability = s.one_capability)) t
CROSS JOIN scope f
WHERE (f.one_state = '' OR state = f.one_state) AND (f.one_layer = '' OR layer = f.one_layer);

CREATE TEMPORARY VIEW device AS
SELECT host, provider, region, kind, id, model, type, memory_gib, state, layer, reason, fix_kind, fix, units
FROM (SELECT h.host AS host, h.provider AS provider, h.region AS region, d.kind AS kind, d.id AS id, d.model AS model,
             d.type AS type, d.memory_gib AS memory_gib, d.units AS units,
             CASE WHEN h.freshness = 'expired' THEN 'unknown' ELSE d.state END AS state,
             CASE WHEN h.freshness = 'expired' THEN 'environment' ELSE d.layer END AS layer,
             CASE WHEN h.freshness = 'expired' THEN 'report.expired' ELSE d.reason END AS reason,
             CASE WHEN h.freshness = 'expired' THEN 'none' ELSE d.fix_kind END AS fix_kind,
             CASE WHEN h.freshness = 'expired' THEN 'collect a report' ELSE d.fix END AS fix
      FROM scope s
      CROSS JOIN host h
      JOIN device_span d ON d.host = h.host AND d.valid_from <= s.at_time AND d.valid_to > s.at_time) t
CROSS JOIN scope f
WHERE (f.one_state = '' OR state = f.one_state) AND (f.one_layer = '' OR layer = f.one_layer);

CREATE TEMPORARY VIEW virtual_function AS
SELECT h.host AS host, h.provider AS provider, v.id AS id, v.physical AS physical, v.total AS total,
       v.active AS active, v.assigned AS assigned,
       CASE WHEN h.freshness = 'expired' THEN 0 ELSE v.free END AS free
FROM scope s
CROSS JOIN host h
JOIN virtual_function_span v ON v.host = h.host AND v.valid_from <= s.at_time AND v.valid_to > s.at_time;

CREATE TEMPORARY VIEW remark AS
SELECT h.host AS host, h.provider AS provider, r.kind AS kind, r.reason AS reason, r.text AS text, r.times AS times
FROM scope s
CROSS JOIN host h
JOIN remark_span r ON r.host = h.host AND r.valid_from <= s.at_time AND r.valid_to > s.at_time;

-- Each capability now beside what it was at the moment before. A report that had expired then told nothing; one that no
-- longer speaks of a capability tells nothing now.
CREATE TEMPORARY VIEW change AS
SELECT host, provider, region, name, capability, was, now, layer, reason, fix, changed_at,
       CASE WHEN was = now THEN 'unchanged' WHEN now = 'ready' THEN 'gained'
            WHEN was = 'ready' AND now = 'unknown' THEN 'unknown' WHEN was = 'ready' THEN 'lost' ELSE 'changed' END AS change
FROM (SELECT n.host AS host, n.provider AS provider, n.region AS region, n.name AS name, n.capability AS capability,
             CASE WHEN b.observed_at IS NULL OR c.state IS NULL THEN 'new'
                  WHEN b.observed_at < s.expired_before THEN 'unknown' ELSE c.state END AS was,
             n.state AS now, n.layer AS layer, n.reason AS reason, n.fix AS fix,
             CASE WHEN n.reason = 'report.expired' THEN n.observed_at ELSE k.valid_from END AS changed_at
      FROM scope s
      CROSS JOIN standing n
      JOIN capability_span k ON k.host = n.host AND k.capability = n.capability AND k.valid_from <= s.at_time
                                AND k.valid_to > s.at_time
      LEFT JOIN seen_before b ON b.host = n.host
      LEFT JOIN capability_span c ON c.host = n.host AND c.capability = n.capability AND c.valid_from <= s.since_time
                                     AND c.valid_to > s.since_time
      UNION ALL
      SELECT h.host AS host, h.provider AS provider, h.region AS region, h.name AS name, c.capability AS capability,
             CASE WHEN b.observed_at < s.expired_before THEN 'unknown' ELSE c.state END AS was, 'unknown' AS now,
             'environment' AS layer, 'report.silent' AS reason, 'make a report with this hostcap' AS fix,
             c.valid_to AS changed_at
      FROM scope s
      CROSS JOIN host h
      JOIN seen_before b ON b.host = h.host
      JOIN capability_span c ON c.host = h.host AND c.valid_from <= s.since_time AND c.valid_to > s.since_time
      WHERE (s.one_capability = '' OR c.capability = s.one_capability)
        AND (s.one_state = '' OR s.one_state = 'unknown') AND (s.one_layer = '' OR s.one_layer = 'environment')
        AND NOT EXISTS (SELECT 1 FROM capability_span k
                        WHERE k.host = c.host AND k.capability = c.capability AND k.valid_from <= s.at_time
                              AND k.valid_to > s.at_time)) t;
