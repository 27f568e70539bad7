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
SELECT class, capability,
       COUNT(*) AS hosts,
       SUM(proven) AS proven,
       SUM(usable) AS usable,
       SUM(CASE WHEN state = 'ready' THEN 1 ELSE 0 END) AS ready,
       SUM(CASE WHEN state = 'blocked' THEN 1 ELSE 0 END) AS blocked,
       SUM(CASE WHEN state = 'absent' THEN 1 ELSE 0 END) AS absent,
       SUM(CASE WHEN state = 'unknown' THEN 1 ELSE 0 END) AS unknown
FROM standing
GROUP BY class, capability
ORDER BY class, capability
