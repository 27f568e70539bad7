-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What the queries read: the tables as they were at one moment, as far as the filters let them through. The one row of
-- scope has the moment and the filters; hostcap makes it. The empty text lets everything through.
--
-- For each host: host, standing (its capabilities), device, virtual_function, remark, change. The same counted, so that a
-- question costs what there are kinds of hosts and not hosts: standing_count, device_count, virtual_function_count,
-- remark_count, change_count. The others are steps on the way; SQLite keeps some of them for all questions of one scope,
-- and hostcap itself counts some for it: ScopeViews.
-- CROSS JOIN where a join grows: SQLite then takes the tables in this order, and others take it for any join.

-- The first report of each host, the last up to the moment, and the last up to the moment before; empty: none.
CREATE TEMPORARY VIEW seen AS
SELECT r.host AS host, MIN(r.observed_at) AS first_at, MAX(r.observed_at) AS observed_at,
       COALESCE(MAX(CASE WHEN r.observed_at <= s.since_time THEN r.observed_at END), '') AS before_at
FROM report r CROSS JOIN scope s
WHERE r.observed_at <= s.at_time
GROUP BY r.host;

CREATE TEMPORARY VIEW proven AS
SELECT p.provider AS provider, p.class AS class, p.capability AS capability, MAX(p.proven_at) AS proven_at
FROM proof p CROSS JOIN scope s
WHERE p.proven_at <= s.at_time AND p.proven_at >= s.proof_time
GROUP BY p.provider, p.class, p.capability;

CREATE TEMPORARY VIEW proven_class AS
SELECT DISTINCT provider, class
FROM proven;

-- proof_class: the class, if anything is proven of it. past: new: nothing is known of the moment before, and nothing has
-- changed since the first report. same: what was said of capabilities then is what is said now, and both count. other: it
-- takes a closer look. since_at: since when what the host says holds.
CREATE TEMPORARY VIEW reporting AS
SELECT m.host AS host, m.provider AS provider, m.region AS region, m.name AS name, h.class AS class, h.board AS board,
       h.cpu AS cpu, h.kernel AS kernel, h.environment AS environment, n.observed_at AS observed_at,
       CASE WHEN n.observed_at < s.expired_time THEN 'expired' WHEN n.observed_at < s.stale_time THEN 'stale'
            ELSE 'fresh' END AS freshness,
       COALESCE(p.class, '') AS proof_class,
       CASE WHEN n.before_at = '' AND h.valid_from = n.first_at THEN 'new'
            WHEN n.before_at >= s.expired_before AND n.observed_at >= s.expired_time
                 AND b.capabilities = h.capabilities THEN 'same'
            ELSE 'other' END AS past,
       CASE WHEN n.observed_at < s.expired_time THEN n.observed_at ELSE h.valid_from END AS since_at,
       n.first_at AS first_at, n.before_at AS before_at, h.valid_from AS valid_from, h.capabilities AS capabilities,
       COALESCE(b.capabilities, 0) AS capabilities_before, h.devices AS devices,
       h.virtual_functions AS virtual_functions, h.remarks AS remarks
FROM scope s CROSS JOIN seen n CROSS JOIN machine m CROSS JOIN host_span h
LEFT JOIN host_span b ON b.host = m.host AND b.valid_from <= s.since_time AND b.valid_to > s.since_time
LEFT JOIN proven_class p ON p.provider = m.provider AND p.class = h.class
WHERE m.host = n.host AND h.host = m.host AND h.valid_from <= s.at_time AND h.valid_to > s.at_time
  AND (s.one_provider = '' OR m.provider = s.one_provider)
  AND (s.one_region = '' OR m.region = s.one_region)
  AND (s.one_host = '' OR m.name = s.one_host);

-- Hosts that differ in what they say and in their class alone, under the smallest number among them. rule: the same of
-- those whose facts are judged alike.
CREATE TEMPORARY VIEW part AS
SELECT part, provider, region, proof_class, freshness, past,
       MIN(part) OVER (PARTITION BY CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END, proof_class,
                       CASE WHEN proof_class = '' THEN '' ELSE provider END) AS rule
FROM (SELECT MIN(host) AS part, provider, region, proof_class, freshness, past
      FROM reporting
      GROUP BY provider, region, proof_class, freshness, past) t;

CREATE TEMPORARY VIEW host AS
SELECT r.host AS host, r.provider AS provider, r.region AS region, r.name AS name, r.class AS class, r.board AS board,
       r.cpu AS cpu, r.kernel AS kernel, r.environment AS environment, r.observed_at AS observed_at,
       q.signed_by AS signed_by, r.freshness AS freshness, r.past AS past, r.since_at AS since_at,
       r.first_at AS first_at, r.before_at AS before_at, r.valid_from AS valid_from, p.part AS part, p.rule AS rule,
       r.capabilities AS capabilities, r.capabilities_before AS capabilities_before, r.devices AS devices,
       r.virtual_functions AS virtual_functions, r.remarks AS remarks
FROM reporting r CROSS JOIN part p CROSS JOIN report q
WHERE p.provider = r.provider AND p.region = r.region AND p.proof_class = r.proof_class
  AND p.freshness = r.freshness AND p.past = r.past AND q.host = r.host AND q.observed_at = r.observed_at;

-- Facts about capabilities, and how many hosts of a part state them.
CREATE TEMPORARY VIEW held AS
SELECT h.part AS part, m.fact AS fact, SUM(h.hosts) AS hosts, MAX(h.newest) AS newest, MIN(h.since) AS since
FROM (SELECT part, capabilities, COUNT(*) AS hosts, MAX(observed_at) AS newest, MIN(since_at) AS since
      FROM host
      GROUP BY part, capabilities) h
CROSS JOIN capability_set m
WHERE m.set_id = h.capabilities
GROUP BY h.part, m.fact;

-- What a fact comes to under a rule. What an expired report says counts as unknown. reached: stages passed, of silicon,
-- firmware, kernel, hypervisor (ready), platform (the release uses it) and proven.
CREATE TEMPORARY VIEW verdict AS
SELECT rule, fact, capability, state, layer, reason, fix_kind, fix, because, usable_from, slots,
       CASE WHEN layer IN ('environment', 'cpu') THEN 'silicon' WHEN layer IN ('firmware', 'psp') THEN 'firmware'
            WHEN layer = 'kernel' THEN 'kernel' WHEN layer = '' THEN '' ELSE 'hypervisor' END AS stage,
       usable,
       CASE WHEN usable = 1 AND proven_at <> '' THEN 1 ELSE 0 END AS proven,
       CASE WHEN usable = 1 THEN proven_at ELSE '' END AS proven_at,
       CASE WHEN usable = 1 AND proven_at <> '' THEN 6 WHEN usable = 1 THEN 5 WHEN state = 'ready' THEN 4
            WHEN state <> 'blocked' OR layer IN ('', 'environment', 'cpu') THEN 0 WHEN layer IN ('firmware', 'psp') THEN 1
            WHEN layer = 'kernel' THEN 2 ELSE 3 END AS reached
FROM (SELECT r.rule AS rule, c.fact AS fact, c.capability AS capability,
             CASE WHEN r.freshness = 'expired' THEN 'unknown' ELSE c.state END AS state,
             CASE WHEN r.freshness = 'expired' THEN 'environment' ELSE c.layer END AS layer,
             CASE WHEN r.freshness = 'expired' THEN 'report.expired' ELSE c.reason END AS reason,
             CASE WHEN r.freshness = 'expired' THEN 'none' ELSE c.fix_kind END AS fix_kind,
             CASE WHEN r.freshness = 'expired' THEN 'collect a report' ELSE c.fix END AS fix,
             CASE WHEN r.freshness = 'expired' THEN '' ELSE c.because END AS because,
             c.usable_from AS usable_from,
             CASE WHEN r.freshness = 'expired' THEN 0 ELSE c.slots END AS slots,
             CASE WHEN r.freshness <> 'expired' AND c.state = 'ready' AND c.usable_from <> ''
                       AND c.usable_from <= s.release_id THEN 1 ELSE 0 END AS usable,
             COALESCE(p.proven_at, '') AS proven_at
      FROM scope s
      CROSS JOIN (SELECT DISTINCT n.rule AS rule, k.fact AS fact
                  FROM held k JOIN part n ON n.part = k.part) f
      JOIN part r ON r.part = f.rule
      JOIN capability_fact c ON c.fact = f.fact
      LEFT JOIN proven p ON p.provider = r.provider AND p.class = r.proof_class AND p.capability = c.capability
      WHERE (s.one_capability = '' OR c.capability = s.one_capability)) t
CROSS JOIN scope f
WHERE (f.one_state = '' OR state = f.one_state) AND (f.one_layer = '' OR layer = f.one_layer);

CREATE TEMPORARY VIEW standing_count AS
SELECT p.provider AS provider, p.region AS region, p.past AS past, v.capability AS capability, v.state AS state,
       v.layer AS layer, v.reason AS reason, v.fix_kind AS fix_kind, v.fix AS fix, v.usable_from AS usable_from,
       v.stage AS stage, v.usable AS usable, v.proven AS proven, v.proven_at AS proven_at, v.reached AS reached,
       k.hosts AS hosts, k.newest AS newest, k.since AS since
FROM held k CROSS JOIN part p CROSS JOIN verdict v
WHERE p.part = k.part AND v.rule = p.rule AND v.fact = k.fact;

-- What each class has been seen doing.
CREATE TEMPORARY VIEW class_count AS
SELECT k.class AS class, v.capability AS capability, SUM(k.hosts) AS hosts, SUM(v.proven * k.hosts) AS proven,
       SUM(v.usable * k.hosts) AS usable,
       SUM(CASE WHEN v.state = 'ready' THEN k.hosts ELSE 0 END) AS ready,
       SUM(CASE WHEN v.state = 'blocked' THEN k.hosts ELSE 0 END) AS blocked,
       SUM(CASE WHEN v.state = 'absent' THEN k.hosts ELSE 0 END) AS absent,
       SUM(CASE WHEN v.state = 'unknown' THEN k.hosts ELSE 0 END) AS unknown
FROM (SELECT h.class AS class, h.rule AS rule, m.fact AS fact, COUNT(*) AS hosts
      FROM host h CROSS JOIN capability_set m
      WHERE m.set_id = h.capabilities
      GROUP BY h.class, h.rule, m.fact) k
CROSS JOIN verdict v
WHERE v.rule = k.rule AND v.fact = k.fact
GROUP BY k.class, v.capability;

CREATE TEMPORARY VIEW standing AS
SELECT h.host AS host, h.provider AS provider, h.region AS region, h.name AS name, h.class AS class,
       h.observed_at AS observed_at, v.capability AS capability, v.state AS state, v.layer AS layer, v.reason AS reason,
       v.fix_kind AS fix_kind, v.fix AS fix,
       CASE WHEN v.reason = 'report.expired' THEN 'last report ' || h.observed_at ELSE v.because END AS because,
       v.usable_from AS usable_from, v.slots AS slots, v.stage AS stage, v.usable AS usable, v.proven AS proven,
       v.proven_at AS proven_at, v.reached AS reached, v.fact AS fact, h.past AS past, h.before_at AS before_at,
       h.capabilities_before AS capabilities_before
FROM host h CROSS JOIN capability_set m CROSS JOIN verdict v
WHERE m.set_id = h.capabilities AND v.rule = h.rule AND v.fact = m.fact;

-- What an outcome comes to. cause: numbers what is told of it.
CREATE TEMPORARY VIEW device_verdict AS
SELECT expired, outcome, cause, state, layer, reason, fix_kind, fix
FROM (SELECT e.expired AS expired, o.outcome AS outcome, CASE WHEN e.expired = 1 THEN 0 ELSE o.outcome END AS cause,
             CASE WHEN e.expired = 1 THEN 'unknown' ELSE o.state END AS state,
             CASE WHEN e.expired = 1 THEN 'environment' ELSE o.layer END AS layer,
             CASE WHEN e.expired = 1 THEN 'report.expired' ELSE o.reason END AS reason,
             CASE WHEN e.expired = 1 THEN 'none' ELSE o.fix_kind END AS fix_kind,
             CASE WHEN e.expired = 1 THEN 'collect a report' ELSE o.fix END AS fix
      FROM (SELECT 0 AS expired UNION ALL SELECT 1 AS expired) e CROSS JOIN device_outcome o) t
CROSS JOIN scope f
WHERE (f.one_state = '' OR state = f.one_state) AND (f.one_layer = '' OR layer = f.one_layer);

CREATE TEMPORARY VIEW device AS
SELECT h.host AS host, h.provider AS provider, h.region AS region, p.kind AS kind, p.id AS id, p.model AS model,
       p.type AS type, p.memory_gib AS memory_gib, v.state AS state, v.layer AS layer, v.reason AS reason,
       v.fix_kind AS fix_kind, v.fix AS fix, d.units AS units
FROM host h CROSS JOIN device_set d CROSS JOIN device_product p CROSS JOIN device_verdict v
WHERE d.set_id = h.devices AND p.product = d.product AND v.outcome = d.outcome
  AND v.expired = CASE WHEN h.freshness = 'expired' THEN 1 ELSE 0 END;

-- Hosts of a provider with the same devices, under the smallest number among them.
CREATE TEMPORARY VIEW device_stock AS
SELECT MIN(host) AS stock, provider, CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END AS expired, devices,
       COUNT(*) AS hosts
FROM reporting
GROUP BY provider, CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END, devices;

CREATE TEMPORARY VIEW device_count AS
SELECT k.stock AS stock, k.provider AS provider, d.product AS product, v.cause AS cause, v.state AS state,
       v.layer AS layer, v.reason AS reason, v.fix_kind AS fix_kind, v.fix AS fix, d.units * k.hosts AS units,
       k.hosts AS hosts
FROM device_stock k CROSS JOIN device_set d CROSS JOIN device_verdict v
WHERE d.set_id = k.devices AND v.outcome = d.outcome AND v.expired = k.expired;

-- Devices by product; by provider and card, which is the smallest number of the products that a table tells apart by it;
-- what stops them by thing, the same of those that a cause is told of, and cause. A host with several counts once.
CREATE TEMPORARY VIEW product_count AS
SELECT product, SUM(hosts) AS hosts, SUM(total) AS total, SUM(ready) AS ready, SUM(blocked) AS blocked,
       SUM(absent) AS absent, SUM(unknown) AS unknown, SUM(not_applicable) AS not_applicable
FROM (SELECT stock, product, MAX(hosts) AS hosts, SUM(units) AS total,
             SUM(CASE WHEN state = 'ready' THEN units ELSE 0 END) AS ready,
             SUM(CASE WHEN state = 'blocked' THEN units ELSE 0 END) AS blocked,
             SUM(CASE WHEN state = 'absent' THEN units ELSE 0 END) AS absent,
             SUM(CASE WHEN state = 'unknown' THEN units ELSE 0 END) AS unknown,
             SUM(CASE WHEN state = 'notApplicable' THEN units ELSE 0 END) AS not_applicable
      FROM device_count
      GROUP BY stock, product) s
GROUP BY product;

CREATE TEMPORARY VIEW card_count AS
SELECT provider, card, SUM(hosts) AS hosts, SUM(total) AS total, SUM(ready) AS ready, SUM(blocked) AS blocked,
       SUM(unknown) AS unknown
FROM (SELECT c.stock AS stock, g.card AS card, MAX(c.provider) AS provider, MAX(c.hosts) AS hosts,
             SUM(c.units) AS total,
             SUM(CASE WHEN c.state = 'ready' THEN c.units ELSE 0 END) AS ready,
             SUM(CASE WHEN c.state = 'blocked' THEN c.units ELSE 0 END) AS blocked,
             SUM(CASE WHEN c.state = 'unknown' THEN c.units ELSE 0 END) AS unknown
      FROM device_count c
      JOIN (SELECT product, MIN(product) OVER (PARTITION BY kind, id, model, memory_gib) AS card
            FROM device_product) g ON g.product = c.product
      GROUP BY c.stock, g.card) s
GROUP BY provider, card;

CREATE TEMPORARY VIEW stop_count AS
SELECT thing, cause, MAX(state) AS state, MAX(layer) AS layer, MAX(reason) AS reason, MAX(fix_kind) AS fix_kind,
       MAX(fix) AS fix, SUM(hosts) AS hosts, SUM(units) AS units
FROM (SELECT c.stock AS stock, g.thing AS thing, c.cause AS cause, MAX(c.state) AS state, MAX(c.layer) AS layer,
             MAX(c.reason) AS reason, MAX(c.fix_kind) AS fix_kind, MAX(c.fix) AS fix, MAX(c.hosts) AS hosts,
             SUM(c.units) AS units
      FROM device_count c
      JOIN (SELECT product, MIN(product) OVER (PARTITION BY kind, id) AS thing
            FROM device_product) g ON g.product = c.product
      WHERE c.state IN ('blocked', 'unknown')
      GROUP BY c.stock, g.thing, c.cause) s
GROUP BY thing, cause;

CREATE TEMPORARY VIEW virtual_function AS
SELECT h.host AS host, h.provider AS provider, v.id AS id, v.physical AS physical, v.total AS total,
       v.active AS active, v.assigned AS assigned,
       CASE WHEN h.freshness = 'expired' THEN 0 ELSE v.free END AS free
FROM host h CROSS JOIN virtual_function_set v
WHERE v.set_id = h.virtual_functions;

CREATE TEMPORARY VIEW virtual_function_count AS
SELECT h.provider AS provider, v.id AS id, h.hosts AS hosts, v.physical * h.hosts AS physical,
       v.total * h.hosts AS total, v.active * h.hosts AS active, v.assigned * h.hosts AS assigned,
       CASE WHEN h.expired = 1 THEN 0 ELSE v.free * h.hosts END AS free
FROM (SELECT provider, CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END AS expired, virtual_functions,
             COUNT(*) AS hosts
      FROM reporting
      GROUP BY provider, CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END, virtual_functions) h
CROSS JOIN virtual_function_set v
WHERE v.set_id = h.virtual_functions;

CREATE TEMPORARY VIEW remark AS
SELECT h.host AS host, h.provider AS provider, r.kind AS kind, r.reason AS reason, r.text AS text, r.times AS times
FROM host h CROSS JOIN remark_set r
WHERE r.set_id = h.remarks;

CREATE TEMPORARY VIEW remark_count AS
SELECT r.kind AS kind, r.reason AS reason, r.text AS text, h.hosts AS hosts, r.times * h.hosts AS times
FROM (SELECT remarks, COUNT(*) AS hosts FROM reporting GROUP BY remarks) h
CROSS JOIN remark_set r
WHERE r.set_id = h.remarks;

-- Hosts that take a closer look. Of the others it is known without one: what they say now they said then, or they are new.
CREATE TEMPORARY VIEW closer AS
SELECT host, provider, region, name, rule, observed_at, since_at, first_at, before_at, valid_from, capabilities,
       capabilities_before
FROM host
WHERE past = 'other';

-- Each capability now beside what it was at the moment before. A report that had expired then told nothing; one that no
-- longer speaks of a capability tells nothing now.
CREATE TEMPORARY VIEW closer_compared AS
SELECT h.host AS host, h.provider AS provider, h.region AS region, h.name AS name, v.capability AS capability,
       CASE WHEN h.before_at = '' OR c.fact IS NULL THEN 'new' WHEN h.before_at < s.expired_before THEN 'unknown'
            ELSE c.state END AS was,
       v.state AS now, v.layer AS layer, v.reason AS reason, v.fix AS fix, v.fact AS fact
FROM scope s CROSS JOIN closer h CROSS JOIN capability_set m CROSS JOIN verdict v
LEFT JOIN capability_set o ON o.set_id = h.capabilities_before AND o.capability = v.capability
LEFT JOIN capability_fact c ON c.fact = o.fact
WHERE m.set_id = h.capabilities AND v.rule = h.rule AND v.fact = m.fact
UNION ALL
SELECT h.host AS host, h.provider AS provider, h.region AS region, h.name AS name, c.capability AS capability,
       CASE WHEN h.before_at < s.expired_before THEN 'unknown' ELSE c.state END AS was, 'unknown' AS now,
       'environment' AS layer, 'report.silent' AS reason, 'make a report with this hostcap' AS fix, c.fact AS fact
FROM scope s CROSS JOIN closer h CROSS JOIN capability_set o CROSS JOIN capability_fact c
LEFT JOIN capability_set k ON k.set_id = h.capabilities AND k.capability = o.capability
WHERE o.set_id = h.capabilities_before AND c.fact = o.fact AND h.before_at <> '' AND k.fact IS NULL
  AND (s.one_capability = '' OR c.capability = s.one_capability)
  AND (s.one_state = '' OR s.one_state = 'unknown') AND (s.one_layer = '' OR s.one_layer = 'environment');

CREATE TEMPORARY VIEW compared AS
SELECT host, provider, region, name, past, capability, CASE WHEN past = 'new' THEN 'new' ELSE state END AS was,
       state AS now, layer, reason, fix, fact
FROM standing
WHERE past <> 'other'
UNION ALL
SELECT host, provider, region, name, 'other' AS past, capability, was, now, layer, reason, fix, fact
FROM closer_compared;

-- Since when they state a fact, and when they ceased to state one that they did.
CREATE TEMPORARY VIEW stated_since AS
SELECT h.host AS host, m.fact AS fact,
       COALESCE(MAX(CASE WHEN o.fact IS NULL THEN e.valid_to END), MIN(h.first_at)) AS since_at
FROM closer h CROSS JOIN capability_set m
LEFT JOIN host_span e ON e.host = h.host AND e.valid_to <= h.valid_from
LEFT JOIN capability_set o ON o.set_id = e.capabilities AND o.capability = m.capability AND o.fact = m.fact
WHERE m.set_id = h.capabilities
GROUP BY h.host, m.fact;

CREATE TEMPORARY VIEW stated_until AS
SELECT h.host AS host, m.fact AS fact, MIN(CASE WHEN o.fact IS NULL THEN e.valid_from END) AS until_at
FROM scope s CROSS JOIN closer h CROSS JOIN capability_set m CROSS JOIN host_span e
LEFT JOIN capability_set o ON o.set_id = e.capabilities AND o.capability = m.capability AND o.fact = m.fact
WHERE m.set_id = h.capabilities_before AND e.host = h.host AND e.valid_from > s.since_time
GROUP BY h.host, m.fact;

-- changed_at: the first report that says so; empty: unchanged.
CREATE TEMPORARY VIEW closer_change AS
SELECT c.host AS host, c.provider AS provider, c.region AS region, c.name AS name, c.capability AS capability,
       c.was AS was, c.now AS now, c.layer AS layer, c.reason AS reason, c.fix AS fix,
       CASE WHEN c.was = c.now THEN '' WHEN c.reason = 'report.expired' THEN h.observed_at
            ELSE COALESCE(k.since_at, u.until_at, h.since_at) END AS changed_at
FROM closer_compared c
JOIN closer h ON h.host = c.host
LEFT JOIN stated_since k ON k.host = c.host AND k.fact = c.fact
LEFT JOIN stated_until u ON u.host = c.host AND u.fact = c.fact;

CREATE TEMPORARY VIEW change AS
SELECT host, provider, region, name, past, capability, was, now, layer, reason, fix, changed_at,
       CASE WHEN was = now THEN 'unchanged' WHEN now = 'ready' THEN 'gained'
            WHEN was = 'ready' AND now = 'unknown' THEN 'unknown' WHEN was = 'ready' THEN 'lost'
            ELSE 'changed' END AS change
FROM (SELECT c.host AS host, c.provider AS provider, c.region AS region, c.name AS name, c.past AS past,
             c.capability AS capability, c.was AS was, c.now AS now, c.layer AS layer, c.reason AS reason,
             c.fix AS fix,
             CASE WHEN c.was = c.now THEN '' WHEN c.reason = 'report.expired' THEN h.observed_at
                  ELSE h.since_at END AS changed_at
      FROM compared c JOIN host h ON h.host = c.host
      WHERE c.past <> 'other'
      UNION ALL
      SELECT host, provider, region, name, 'other' AS past, capability, was, now, layer, reason, fix, changed_at
      FROM closer_change) t;

CREATE TEMPORARY VIEW change_count AS
SELECT provider, capability, was, now,
       CASE WHEN was = now THEN 'unchanged' WHEN now = 'ready' THEN 'gained'
            WHEN was = 'ready' AND now = 'unknown' THEN 'unknown' WHEN was = 'ready' THEN 'lost' ELSE 'changed' END AS change,
       hosts, since
FROM (SELECT provider, capability, CASE WHEN past = 'new' THEN 'new' ELSE state END AS was, state AS now, hosts, since
      FROM standing_count
      WHERE past <> 'other'
      UNION ALL
      SELECT provider, capability, was, now, 1 AS hosts, changed_at AS since
      FROM closer_change) t;
