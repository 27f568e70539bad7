-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The board: providers by capability.
--   provider    public
--   capability  public
--   hosts       count
--   proven      count
--   usable      count
--   ready       count
--   blocked     count
--   absent      count
--   unknown     count
--   farthest    public  the farthest that a blocked host of it comes, 0 to 3 of silicon, firmware, kernel, hypervisor; -1: none is blocked
--   proven_at   day     of the last proof; empty: none
--   newest      day     of the last report
SELECT provider, capability,
       SUM(hosts) AS hosts,
       SUM(proven * hosts) AS proven,
       SUM(usable * hosts) AS usable,
       SUM(CASE WHEN state = 'ready' THEN hosts ELSE 0 END) AS ready,
       SUM(CASE WHEN state = 'blocked' THEN hosts ELSE 0 END) AS blocked,
       SUM(CASE WHEN state = 'absent' THEN hosts ELSE 0 END) AS absent,
       SUM(CASE WHEN state = 'unknown' THEN hosts ELSE 0 END) AS unknown,
       MAX(CASE WHEN state = 'blocked' THEN reached ELSE -1 END) AS farthest,
       MAX(proven_at) AS proven_at,
       MAX(newest) AS newest
FROM standing_count
GROUP BY provider, capability
ORDER BY provider, capability
