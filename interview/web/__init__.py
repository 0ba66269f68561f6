"""The HTTP layer: views parse, call one service, and render."""
