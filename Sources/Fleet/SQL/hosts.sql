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
       COALESCE(s.usable, 0) AS usable,
       COALESCE(s.ready, 0) AS ready,
       COALESCE(s.blocked, 0) AS blocked,
       COALESCE(s.absent, 0) AS absent,
       COALESCE(s.unknown, 0) AS unknown
FROM host h CROSS JOIN scope f
LEFT JOIN (SELECT host,
                  SUM(usable) AS usable,
                  SUM(CASE WHEN state = 'ready' THEN 1 ELSE 0 END) AS ready,
                  SUM(CASE WHEN state = 'blocked' THEN 1 ELSE 0 END) AS blocked,
                  SUM(CASE WHEN state = 'absent' THEN 1 ELSE 0 END) AS absent,
                  SUM(CASE WHEN state = 'unknown' THEN 1 ELSE 0 END) AS unknown
           FROM standing
           GROUP BY host) s ON s.host = h.host
WHERE s.host IS NOT NULL OR (f.one_capability = '' AND f.one_state = '' AND f.one_layer = '')
ORDER BY provider, region, host
