-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- How the capabilities of hosts went, in time.
--   provider    public
--   region      public
--   host        name
--   capability  public
--   from_time   day
--   to_time     day      empty: still so
--   state       public
--   layer       public
--   reason      public
--   because     private
SELECT m.provider AS provider, m.region AS region, m.name AS host, c.capability AS capability,
       c.valid_from AS from_time, CASE WHEN c.valid_to = '9999' THEN '' ELSE c.valid_to END AS to_time,
       c.state AS state, c.layer AS layer, c.reason AS reason, c.because AS because
FROM machine m JOIN capability_span c ON c.host = m.host CROSS JOIN scope s
WHERE (s.one_host = '' OR m.name = s.one_host)
  AND (s.one_provider = '' OR m.provider = s.one_provider)
  AND (s.one_region = '' OR m.region = s.one_region)
  AND (s.one_capability = '' OR c.capability = s.one_capability)
ORDER BY provider, region, host, capability, from_time
