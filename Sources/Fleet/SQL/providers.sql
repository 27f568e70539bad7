-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Providers.
--   provider  public
--   regions   count
--   hosts     count
--   classes   count
--   fresh     count
--   stale     count
--   expired   count
--   signed    count   whose last report has a signature by a key that is allowed
--   newest    day
--   oldest    day
SELECT provider,
       COUNT(DISTINCT region) AS regions,
       COUNT(*) AS hosts,
       COUNT(DISTINCT class) AS classes,
       SUM(CASE WHEN freshness = 'fresh' THEN 1 ELSE 0 END) AS fresh,
       SUM(CASE WHEN freshness = 'stale' THEN 1 ELSE 0 END) AS stale,
       SUM(CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END) AS expired,
       SUM(CASE WHEN signed_by <> '' THEN 1 ELSE 0 END) AS signed,
       MAX(observed_at) AS newest,
       MIN(observed_at) AS oldest
FROM host
GROUP BY provider
ORDER BY provider
