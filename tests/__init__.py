"""The tests: they mirror the packages, plus journeys through the whole app and house rules."""
