-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Every host, with what is ready there.
--   provider     public
--   region       public
--   host         name
--   class        public
--   kernel       private
--   observed_at  day     of its last report
--   freshness    public  fresh, stale or expired
--   usable       count   capabilities that the release uses
--   ready        count   capabilities whose every rung holds
--   blocked      count
--   absent       count
--   unknown      count
SELECT h.provider AS provider, h.region AS region, h.name AS host, h.class AS class, h.kernel AS kernel,
       h.observed_at AS observed_at, h.freshness AS freshness,
       COALESCE(SUM(s.usable), 0) AS usable,
       SUM(CASE WHEN s.state = 'ready' THEN 1 ELSE 0 END) AS ready,
       SUM(CASE WHEN s.state = 'blocked' THEN 1 ELSE 0 END) AS blocked,
       SUM(CASE WHEN s.state = 'absent' THEN 1 ELSE 0 END) AS absent,
       SUM(CASE WHEN s.state = 'unknown' THEN 1 ELSE 0 END) AS unknown
FROM host h CROSS JOIN scope f LEFT JOIN standing s ON s.host = h.host
WHERE s.host IS NOT NULL OR (f.one_capability = '' AND f.one_state = '' AND f.one_layer = '')
GROUP BY h.provider, h.region, h.name, h.class, h.kernel, h.observed_at, h.freshness
ORDER BY provider, region, host
