"""Open311 GeoReport v2: how other systems read, bring in and update requests. docs/reference/open311.md."""
