-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What each hardware class has been seen doing.
--   class       public
--   capability  public
--   hosts       count
--   proven      count
--   usable      count
--   ready       count
--   blocked     count
--   absent      count
--   unknown     count
SELECT k.class AS class, v.capability AS capability,
       SUM(k.hosts) AS hosts,
       SUM(v.proven * k.hosts) AS proven,
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
GROUP BY k.class, v.capability
ORDER BY class, capability
