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
SELECT provider, region, host, capability, from_time,
       CASE WHEN until_time = '9999' THEN '' ELSE until_time END AS to_time, state, layer, reason, because
FROM (SELECT m.provider AS provider, m.region AS region, m.name AS host, c.capability AS capability,
             MIN(t.valid_from) AS from_time, MAX(t.valid_to) AS until_time, c.state AS state, c.layer AS layer,
             c.reason AS reason, c.because AS because
      FROM (SELECT host, capability, fact, valid_from, valid_to,
                   SUM(begins) OVER (PARTITION BY host, capability ORDER BY valid_from) AS stretch
            FROM (SELECT h.host AS host, k.capability AS capability, k.fact AS fact, h.valid_from AS valid_from,
                         h.valid_to AS valid_to,
                         CASE WHEN LAG(k.fact) OVER (PARTITION BY h.host, k.capability ORDER BY h.valid_from) = k.fact
                                   AND LAG(h.valid_to) OVER (PARTITION BY h.host, k.capability ORDER BY h.valid_from)
                                       = h.valid_from
                              THEN 0 ELSE 1 END AS begins
                  FROM scope s
                  CROSS JOIN machine m
                  JOIN host_span h ON h.host = m.host
                  JOIN capability_set k ON k.set_id = h.capabilities
                  WHERE (s.one_host = '' OR m.name = s.one_host)
                    AND (s.one_provider = '' OR m.provider = s.one_provider)
                    AND (s.one_region = '' OR m.region = s.one_region)
                    AND (s.one_capability = '' OR k.capability = s.one_capability)) b) t
      JOIN machine m ON m.host = t.host
      JOIN capability_fact c ON c.fact = t.fact
      GROUP BY m.provider, m.region, m.name, c.capability, t.stretch, c.state, c.layer, c.reason, c.because) a
ORDER BY provider, region, host, capability, from_time
