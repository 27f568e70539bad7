-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Hardware classes: board, processor and cards.
--   class      public
--   providers  public  how many have it
--   hosts      count
--   fresh      count   of them, with a report of the last two days
SELECT class,
       COUNT(DISTINCT provider) AS providers,
       COUNT(*) AS hosts,
       SUM(CASE WHEN freshness = 'fresh' THEN 1 ELSE 0 END) AS fresh
FROM reporting
GROUP BY class
ORDER BY class
