"""Benchmarks: figures as ratios taken inside one run, printed and never asserted."""
