"""Use cases: rows in, frozen screen records out; the only place that commits."""
