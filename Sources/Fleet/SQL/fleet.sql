-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The fleet in one row.
--   providers    public
--   regions      count
--   hosts        count
--   classes      count
--   fresh        count  reported within two days
--   stale        count  older than that
--   expired      count  older than a week: what they said counts as unknown
--   oldest       day    of the last reports; empty: there is no host
--   newest       day
SELECT COUNT(DISTINCT provider) AS providers,
       COUNT(DISTINCT provider || '/' || region) AS regions,
       COUNT(*) AS hosts,
       COUNT(DISTINCT class) AS classes,
       COALESCE(SUM(CASE WHEN freshness = 'fresh' THEN 1 ELSE 0 END), 0) AS fresh,
       COALESCE(SUM(CASE WHEN freshness = 'stale' THEN 1 ELSE 0 END), 0) AS stale,
       COALESCE(SUM(CASE WHEN freshness = 'expired' THEN 1 ELSE 0 END), 0) AS expired,
       COALESCE(MIN(observed_at), '') AS oldest,
       COALESCE(MAX(observed_at), '') AS newest
FROM reporting
