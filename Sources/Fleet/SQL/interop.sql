-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What the interop suite picks its targets from.
--   provider    public
--   region      public
--   capability  public
--   stage       public  the farthest stage that a host of the region has passed: none, silicon, firmware, kernel, hypervisor, platform or proven
--   hosts       count   at that stage
--   proven_at   day     empty: no proof
--   newest      day     of the last report
SELECT provider, region, capability,
       CASE best WHEN 6 THEN 'proven' WHEN 5 THEN 'platform' WHEN 4 THEN 'hypervisor' WHEN 3 THEN 'kernel'
                 WHEN 2 THEN 'firmware' WHEN 1 THEN 'silicon' ELSE 'none' END AS stage,
       SUM(CASE WHEN reached = best THEN hosts ELSE 0 END) AS hosts, MAX(proven_at) AS proven_at, MAX(newest) AS newest
FROM (SELECT provider, region, capability, reached, hosts, proven_at, newest,
             MAX(reached) OVER (PARTITION BY provider, region, capability) AS best
      FROM (SELECT provider, region, capability, reached, SUM(hosts) AS hosts, MAX(proven_at) AS proven_at,
                   MAX(newest) AS newest
            FROM standing_count
            GROUP BY provider, region, capability, reached) k) t
GROUP BY provider, region, capability, best
ORDER BY provider, region, capability
