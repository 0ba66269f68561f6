"""What the tests share: databases, checked pages, a clock to turn, a real browser."""
